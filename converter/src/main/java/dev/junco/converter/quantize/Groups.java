package dev.junco.converter.quantize;

/** Disjoint sets of the numbers from 0 on, each named by its smallest member. */
final class Groups {
    private final int[] parents;

    Groups(int size) {
        parents = new int[size];
        for (int i = 0; i < size; i++) {
            parents[i] = i;
        }
    }

    int root(int member) {
        int root = member;
        while (parents[root] != root) {
            root = parents[root];
        }
        return root;
    }

    void join(int a, int b) {
        int first = root(a);
        int second = root(b);
        parents[Math.max(first, second)] = Math.min(first, second);
    }
}
