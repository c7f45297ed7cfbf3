package io.github.ebikecharge.conformance.kit;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which checks are run: those that were named, alone or by their group, or all if none was. */
final class Selection {
    private static final int NEAREST = 3;

    private final List<String> names;

    Selection(List<String> names) {
        this.names = names.stream().map(String::strip).toList();
    }

    boolean has(Check check) {
        return names.isEmpty() || names.stream().anyMatch(name -> isNamed(name, check));
    }

    private static boolean isNamed(String name, Check check) {
        return check.id().equals(name) || check.group().equals(name);
    }

    /** How many of them the profile looks at, and are not among those that were named. */
    long leftOut(List<Check> known, Profile profile) {
        return known.stream()
                .filter(check -> profile.looksAt(check.basis()) && !has(check))
                .count();
    }

    /** What is wrong with the names, one line for each that is; empty if each stands for something. */
    Optional<String> fault(List<Check> known, Profile profile) {
        String faults = names.stream()
                .flatMap(name -> fault(name, known, profile).stream())
                .collect(Collectors.joining("\n"));
        return Optional.of(faults).filter(text -> !text.isEmpty());
    }

    private static Optional<String> fault(String name, List<Check> known, Profile profile) {
        List<Check> named = known.stream().filter(check -> isNamed(name, check)).toList();
        if (named.isEmpty()) {
            return Optional.of("--only %s: there is no such check, and no such group of checks; the nearest are %s"
                    .formatted(name, nearest(name, known)));
        }
        return named.stream().anyMatch(check -> profile.looksAt(check.basis()))
                ? Optional.empty()
                : Optional.of("--only %s: profile %s does not look at what is assumed".formatted(name, profile));
    }

    private static String nearest(String name, List<Check> known) {
        return known.stream()
                .flatMap(check -> Stream.of(check.group(), check.id()))
                .distinct()
                .sorted(Comparator.comparingInt(candidate -> distance(name, candidate)))
                .limit(NEAREST)
                .collect(Collectors.joining(", "));
    }

    /** How many characters have to be put in, taken out or changed to get from one to the other. */
    private static int distance(String from, String to) {
        int[] above = new int[to.length() + 1];
        for (int column = 0; column < above.length; column++) {
            above[column] = column;
        }
        for (int row = 1; row <= from.length(); row++) {
            int[] line = new int[above.length];
            line[0] = row;
            for (int column = 1; column < line.length; column++) {
                int changed = above[column - 1] + (from.charAt(row - 1) == to.charAt(column - 1) ? 0 : 1);
                line[column] = Math.min(changed, Math.min(above[column], line[column - 1]) + 1);
            }
            above = line;
        }
        return above[to.length()];
    }
}
