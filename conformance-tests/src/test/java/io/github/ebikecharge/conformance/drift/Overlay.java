package io.github.ebikecharge.conformance.drift;

import java.io.IOException;
import java.io.StringWriter;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/** The classes of every module and their tests, one file of them replaced; libraries are shared with the suite. */
final class Overlay extends URLClassLoader {
    private static final String OURS = "io.github.ebikecharge.";
    private static final List<String> MODULES = List.of("api", "client", "mock-server", "conformance-tests");

    private Overlay(URL[] folders) {
        super(folders, Overlay.class.getClassLoader());
    }

    static Overlay withoutDrift() {
        return new Overlay(folders(List.of()));
    }

    /** Compiles the drifted file, or puts it where it is read from, into {@code directory}. */
    static Overlay of(Drift drift, Path directory) throws IOException {
        String text = drift.apply();
        if (drift.file().endsWith(".java")) {
            String source = drift.file().substring(drift.file().indexOf("/java/") + "/java/".length());
            compile(drift, write(directory.resolve("source").resolve(source), text), directory);
        } else {
            write(directory.resolve("META-INF/openapi").resolve(drift.source().getFileName()), text);
        }
        return new Overlay(folders(List.of(directory)));
    }

    private static void compile(Drift drift, Path source, Path directory) throws IOException {
        JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        List<String> options = List.of(
                "-proc:none",
                "-parameters",
                "-nowarn",
                "-d",
                directory.toString(),
                "-cp",
                MODULES.stream()
                                .map(module -> "../" + module + "/target/classes:")
                                .reduce("", String::concat)
                        + System.getProperty("java.class.path"));
        try (var files = javac.getStandardFileManager(null, null, null)) {
            if (!javac.getTask(messages, files, null, options, null, files.getJavaFileObjects(source))
                    .call()) {
                throw new AssertionError("Drift \"%s\" does not compile:%n%s".formatted(drift.name(), messages));
            }
        }
    }

    private static Path write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private static URL[] folders(List<Path> first) {
        List<Path> folders = new ArrayList<>(first);
        for (String module : MODULES) {
            folders.add(Path.of("..", module, "target", "classes"));
            folders.add(Path.of("..", module, "target", "test-classes"));
        }
        return folders.stream().map(Overlay::url).toArray(URL[]::new);
    }

    private static URL url(Path folder) {
        try {
            return folder.toAbsolutePath().normalize().toUri().toURL();
        } catch (MalformedURLException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!name.startsWith(OURS)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            return loaded == null ? findClass(name) : loaded;
        }
    }

    @Override
    public URL getResource(String name) {
        URL own = findResource(name);
        return own == null ? super.getResource(name) : own;
    }
}
