package io.escapement.experiment.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ModuleBundleTest {

    private static String bundle(Map<String, String> files) throws IOException {
        return ModuleBundle.of("page", "a/main.js", path -> {
            if (!files.containsKey(path)) {
                throw new FileNotFoundException(path);
            }
            return files.get(path);
        });
    }

    @Test
    void modulesComeAfterThoseTheyImportAndOnce() throws IOException {
        String script = bundle(Map.of(
                "a/main.js",
                        "import { one, two as zwei } from './b.js';\nimport {\n  three,\n} from '../c.js';\nexport function run() {}\n",
                "a/b.js", "import { three } from '../c.js';\nexport const one = 1;\nexport class two {}\n",
                "c.js", "const hidden = 'export const no = 1';\nexport async function three() {}\n"));
        assertThat(script)
                .containsSubsequence(
                        "modules['c.js'] =",
                        "modules['a/b.js'] =",
                        "modules['a/main.js'] =",
                        "const page = modules['a/main.js'];")
                .containsOnlyOnce("modules['c.js'] = (() =>")
                .contains("const { one, two: zwei } = modules['a/b.js'];")
                .contains("return { one, two };", "return { three };", "return { run };");
        assertThat(script.lines()).noneMatch(line -> line.startsWith("import ") || line.startsWith("export "));
    }

    @Test
    void aRingIsNamed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> bundle(Map.of(
                        "a/main.js", "import { x } from './b.js';\n", "a/b.js", "import { y } from './main.js';\n")))
                .withMessageContaining("a/main.js imports itself by way of [a/main.js, a/b.js]");
    }

    @Test
    void whatIsNotUnderstoodIsNamed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> bundle(Map.of("a/main.js", "import { html } from 'lit';\n")))
                .withMessageContaining("imports 'lit'; only relative paths are possible");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> bundle(Map.of("a/main.js", "export default 3;\n")))
                .withMessageContaining("a/main.js has the line 'export default 3;'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> bundle(Map.of("a/main.js", "import * as all from './b.js';\n")))
                .withMessageContaining("import * as all");
    }
}
