package io.github.ebikecharge.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** A table in Markdown, with the machine that it is from; printed, and kept in {@link Environment#OUTPUT}. */
final class Report {
    private final String name;
    private final List<String> lines = new ArrayList<>();

    Report(String name, String... columns) {
        this.name = name;
        row((Object[]) columns);
        lines.add("|---" + "|--:".repeat(columns.length - 1) + "|");
    }

    /** One more row; shown at once. */
    void row(Object... cells) {
        String line = Arrays.stream(cells).map(String::valueOf).reduce("|", (row, cell) -> row + ' ' + cell + " |");
        lines.add(line);
        System.out.println(line);
    }

    /** A line above the table. */
    void note(String text) {
        if (!text.isEmpty()) {
            lines.addAll(0, List.of(text, ""));
            System.out.println(text);
        }
    }

    void write() throws IOException {
        note("%s, %s, %d cores.".formatted(LocalDate.now(ZoneId.systemDefault()), processor(), cores()));
        Path file = Environment.OUTPUT.resolve(name + ".md");
        Files.write(file, lines);
        System.out.printf("%n%s:%n%n%s%n", file.toAbsolutePath(), String.join("\n", lines));
    }

    static int cores() {
        return Runtime.getRuntime().availableProcessors();
    }

    private static String processor() throws IOException {
        Path cpuinfo = Path.of("/proc/cpuinfo");
        if (!Files.exists(cpuinfo)) {
            return "%s %s".formatted(System.getProperty("os.name"), System.getProperty("os.arch"));
        }
        try (Stream<String> properties = Files.lines(cpuinfo)) {
            return properties
                    .filter(line -> line.matches("(model name|cpu family|model)\\s*:.*"))
                    .limit(3)
                    .map(line -> line.replaceAll("\\s*:\\s*", " ").replaceFirst("^model name ", ""))
                    .reduce((first, second) -> first + ", " + second)
                    .orElse("unknown processor");
        }
    }

    static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        return (sorted.get((sorted.size() - 1) / 2) + sorted.get(sorted.size() / 2)) / 2;
    }

    static String number(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }
}
