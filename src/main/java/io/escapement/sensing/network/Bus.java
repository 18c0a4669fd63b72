package io.escapement.sensing.network;

/**
 * A node of the network. Per unit and radians.
 *
 * @param number as in its source; need not be consecutive
 * @param shunt admittance to ground, (Gs + jBs)/base
 * @param scheduled generation less load, (ΣPg − Pd + j(ΣQg − Qd))/base
 * @param voltage of the given state, Vm·e^{jVa}
 */
public record Bus(int number, Complex shunt, Complex scheduled, Complex voltage) {}
