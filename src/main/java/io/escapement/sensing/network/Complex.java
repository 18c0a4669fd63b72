package io.escapement.sensing.network;

/** A complex number: a voltage, current, power or admittance in per unit. */
public record Complex(double re, double im) {

    static final Complex ZERO = new Complex(0, 0);

    static Complex polar(double magnitude, double radians) {
        return new Complex(magnitude * Math.cos(radians), magnitude * Math.sin(radians));
    }

    Complex plus(Complex other) {
        return new Complex(re + other.re, im + other.im);
    }

    Complex times(Complex other) {
        return new Complex(re * other.re - im * other.im, re * other.im + im * other.re);
    }

    Complex times(double s) {
        return new Complex(s * re, s * im);
    }

    Complex conjugate() {
        return new Complex(re, -im);
    }

    /** 1/z. */
    Complex inverse() {
        double square = re * re + im * im;
        return new Complex(re / square, -im / square);
    }

    double squaredMagnitude() {
        return re * re + im * im;
    }
}
