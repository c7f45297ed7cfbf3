package io.github.ebikecharge.mock.explain;

import io.github.ebikecharge.mock.explain.JsonText.Layout;
import io.github.ebikecharge.mock.explain.JsonText.Member;
import io.github.ebikecharge.mock.explain.JsonText.Members;
import io.github.ebikecharge.mock.explain.JsonText.Scalar;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** How else libraries write the JSON that was sent: each text with what tells it from the one sent. */
final class JsonForms {
    /** Of a size that anybody writes out in full. */
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]+(?:\\.[0-9]+)?(?:[eE][+-]?[0-9]{1,3})?");

    /** Of an object with up to so many members all orders are tried; of a longer one, each member in other places. */
    private static final int MAX_PERMUTED = 5;

    private static final int MAX_MOVED = 20;
    /** Of all the texts together. */
    static final int MAX_TOTAL_LENGTH = 4 << 20;
    /** Of a text that is written in hundreds of orders. */
    private static final int MAX_REORDERED_LENGTH = 8 << 10;

    private static final Set<String> EMPTY = Set.of("null", "\"\"");
    /** Optional fields of the confirm call that a serialiser may write as null. */
    private static final List<String> OPTIONAL = List.of("\"sub_mchid\"", "\"sub_appid\"");

    /** A layout, and the finding if another one was sent. */
    private record Style(Layout layout, Finding finding) {}

    private static final List<Style> STYLES = List.of(
            new Style(new Layout(Optional.empty(), ",", ":", false), Cause.BODY_COMPACT.found()),
            new Style(new Layout(Optional.empty(), ", ", ": ", false), Cause.BODY_SPACED.found()),
            indented("  ", ": ", "\"␠␠\""),
            indented("    ", ": ", "\"␠␠␠␠\""),
            indented("\t", ": ", "\"␉\""),
            indented("\t", ":", "\"␉\""),
            new Style(new Layout(Optional.of("  "), ",", " : ", true), Cause.BODY_INDENTED.found("\"␠␠\", \"␠:␠\"")));

    /** A change of content or order, and its finding. */
    private record Change(Finding finding, UnaryOperator<JsonText> change) {}

    private static final List<Change> CHANGES = List.of(
            reordered("sorted", members -> sorted(members, Comparator.comparing(Member::name))),
            reordered("reversed", JsonForms::reversed),
            reordered("java.util.HashMap", JsonForms::hashed),
            new Change(
                    Cause.BODY_EMPTY_VALUES_LEFT_OUT.found("null"),
                    json -> json.withMembers(members -> without(members, Set.of("null")))),
            new Change(
                    Cause.BODY_EMPTY_VALUES_LEFT_OUT.found("null, \"\""),
                    json -> json.withMembers(members -> without(members, EMPTY))),
            new Change(Cause.BODY_NUMBERS_REWRITTEN.found(), json -> json.withScalars(JsonForms::plainNumber)),
            // a Map read by Gson has nothing but doubles
            new Change(
                    Cause.BODY_NUMBERS_REWRITTEN.found(),
                    json -> json.withScalars(scalar -> scalar.matches("-?[0-9]{1,7}") ? scalar + ".0" : scalar)));

    private JsonForms() {}

    /** Every layout, in every usual order; none if the text is not JSON. */
    static Map<String, List<Finding>> common(String text) {
        Map<String, List<Finding>> forms = new LinkedHashMap<>();
        JsonText.parse(text).ifPresent(json -> {
            Optional<Style> sent = sentStyle(json, text);
            write(forms, sent, json, List.of());
            CHANGES.forEach(change -> write(forms, sent, change.change().apply(json), List.of(change.finding())));
        });
        return forms;
    }

    /** The members of the outermost object in many orders, and with nulls, in the layout that was sent or compact. */
    static Map<String, List<Finding>> rare(String text) {
        Map<String, List<Finding>> forms = new LinkedHashMap<>();
        if (text.length() <= MAX_REORDERED_LENGTH && JsonText.parse(text).orElse(null) instanceof Members object) {
            List<Member> members = object.members();
            Layout layout = sentStyle(object, text).orElse(STYLES.get(0)).layout();
            orders(members)
                    .forEach(order -> forms.putIfAbsent(
                            new Members(order).write(layout), List.of(Cause.BODY_KEYS_REORDERED.found("other"))));
            withNulls(members)
                    .forEach(more -> forms.putIfAbsent(
                            new Members(more).write(layout), List.of(Cause.BODY_NULLS_ADDED.found())));
        }
        return forms;
    }

    private static void write(
            Map<String, List<Finding>> forms, Optional<Style> sent, JsonText json, List<Finding> findings) {
        for (Style style : STYLES) {
            if (totalLength(forms) > MAX_TOTAL_LENGTH) {
                return;
            }
            List<Finding> all = new ArrayList<>(findings);
            if (sent.isEmpty() || !sent.get().equals(style)) {
                all.add(style.finding());
            }
            forms.merge(json.write(style.layout()), all, (one, other) -> other.size() < one.size() ? other : one);
        }
    }

    static int totalLength(Map<String, List<Finding>> texts) {
        return texts.keySet().stream().mapToInt(String::length).sum();
    }

    private static Optional<Style> sentStyle(JsonText json, String text) {
        return STYLES.stream()
                .filter(style -> json.write(style.layout()).equals(text))
                .findFirst();
    }

    private static Style indented(String indent, String colon, String name) {
        return new Style(new Layout(Optional.of(indent), ",", colon, false), Cause.BODY_INDENTED.found(name));
    }

    private static Change reordered(String order, UnaryOperator<List<Member>> change) {
        return new Change(Cause.BODY_KEYS_REORDERED.found(order), json -> json.withMembers(change));
    }

    private static List<Member> sorted(List<Member> members, Comparator<Member> order) {
        return members.stream().sorted(order).toList();
    }

    private static List<Member> reversed(List<Member> members) {
        List<Member> reversed = new ArrayList<>(members);
        Collections.reverse(reversed);
        return reversed;
    }

    private static List<Member> hashed(List<Member> members) {
        Map<String, Member> map = new HashMap<>();
        members.forEach(member ->
                map.put(member.name().substring(1, member.name().length() - 1), member));
        return List.copyOf(map.values());
    }

    private static List<Member> without(List<Member> members, Set<String> scalars) {
        return members.stream()
                .filter(member -> !(member.value() instanceof Scalar scalar && scalars.contains(scalar.text())))
                .toList();
    }

    private static String plainNumber(String scalar) {
        if (scalar.length() > 40 || !NUMBER.matcher(scalar).matches()) {
            return scalar;
        }
        BigDecimal number = new BigDecimal(scalar);
        return Math.abs(number.scale()) > 40
                ? scalar
                : number.stripTrailingZeros().toPlainString();
    }

    private static Stream<List<Member>> orders(List<Member> members) {
        if (members.size() <= MAX_PERMUTED) {
            return permutations(members);
        }
        return members.size() > MAX_MOVED
                ? Stream.empty()
                : members.stream().flatMap(member -> {
                    List<Member> rest = new ArrayList<>(members);
                    rest.remove(member);
                    return inserted(rest, member);
                });
    }

    private static Stream<List<Member>> permutations(List<Member> members) {
        if (members.isEmpty()) {
            return Stream.of(List.of());
        }
        Member first = members.get(0);
        return permutations(members.subList(1, members.size())).flatMap(rest -> inserted(rest, first));
    }

    private static Stream<List<Member>> inserted(List<Member> members, Member member) {
        return Stream.iterate(0, at -> at <= members.size(), at -> at + 1).map(at -> {
            List<Member> more = new ArrayList<>(members);
            more.add(at, member);
            return more;
        });
    }

    private static Stream<List<Member>> withNulls(List<Member> members) {
        Stream<List<Member>> variants = Stream.of(members);
        for (String name : OPTIONAL) {
            if (members.size() <= MAX_MOVED
                    && members.stream().noneMatch(member -> member.name().equals(name))) {
                variants = variants.flatMap(variant ->
                        Stream.concat(Stream.of(variant), inserted(variant, new Member(name, new Scalar("null")))));
            }
        }
        return variants;
    }
}
