import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formulaParts } from '../../../web/js/draw/formula.js';

const marked = text => formulaParts(text).map(({ text: piece, place }) => (place ? `<${place}>${piece}</${place}>` : piece)).join('');

test('indices are lowered and exponents raised, and all else stays', () => {
  assert.equal(marked('ρM_ij elsewhere'), 'ρM<sub>ij</sub> elsewhere');
  assert.equal(marked('𝒜_ρ(M)_ij'), '𝒜<sub>ρ</sub>(M)<sub>ij</sub>');
  assert.equal(marked('‖Σ_c x_c⊗x_c − T*‖²'), '‖Σ<sub>c</sub> x<sub>c</sub>⊗x<sub>c</sub> − T*‖²');
  assert.equal(marked('{±1}^100: the sign'), '{±1}<sup>100</sup>: the sign');
  assert.equal(marked('2^(1-6)'), '2<sup>1-6</sup>');
  assert.equal(marked('±1: x ↦ −x'), '±1: x ↦ −x');
});
