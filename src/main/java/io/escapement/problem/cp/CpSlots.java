package io.escapement.problem.cp;

/** Workspace slots of a ray's terms; 2 and 3 belong to the solvers. */
final class CpSlots {

    static final int FIRST_ORDER = 0;
    static final int SECOND_ORDER = 1;
    static final int THIRD_ORDER = 4;
    static final int TENSOR = 5;

    private CpSlots() {}
}
