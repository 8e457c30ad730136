package dev.containertui.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ChallengeTest {
  @Test
  void readsATokenChallenge() {
    assertEquals(
        List.of(
            new Challenge(
                "bearer",
                Map.of(
                    "realm", "https://auth.docker.io/token",
                    "service", "registry.docker.io",
                    "scope", "repository:library/alpine:pull,push"))),
        parse(
            "Bearer realm=\"https://auth.docker.io/token\",service=\"registry.docker.io\","
                + "scope=\"repository:library/alpine:pull,push\""));
  }

  @Test
  void readsSeveralChallengesInOneHeaderAndInSeveral() {
    List<Challenge> expected =
        List.of(
            new Challenge("negotiate", Map.of()),
            new Challenge("basic", Map.of("realm", "a, b", "charset", "UTF-8")),
            new Challenge("bearer", Map.of("realm", "r")));
    assertEquals(
        expected, parse("Negotiate, BASIC Realm=\"a, b\" , charset=UTF-8, bEaReR realm = \"r\""));
    assertEquals(
        expected, parse("Negotiate", "Basic realm=\"a, b\",charset=\"UTF-8\"", "Bearer realm=r"));
  }

  @Test
  void unescapesQuotedPairs() {
    assertEquals(
        List.of(new Challenge("basic", Map.of("realm", "say \"hi\" \\"))),
        parse("Basic realm=\"say \\\"hi\\\" \\\\\""));
  }

  @Test
  void theFirstOfTwoEqualParametersCounts() {
    assertEquals(
        List.of(new Challenge("bearer", Map.of("realm", "a"))), parse("Bearer realm=a, realm=b"));
  }

  @Test
  void passesOverNonsense() {
    assertEquals(List.of(), parse("", "  ", ",,,", "\"\"", "=", "\u0000"));
    assertEquals(
        List.of(new Challenge("basic", Map.of("realm", "open"))), parse("Basic realm=\"open"));
    assertEquals(List.of(new Challenge("basic", Map.of("realm", ""))), parse("Basic realm="));
  }

  @Test
  void endsForAnyInput() {
    Random random = new Random(7);
    String alphabet = "aB=\", \\\t;/\u00e9";
    for (int round = 0; round < 20_000; round++) {
      StringBuilder header = new StringBuilder();
      for (int i = random.nextInt(40); i > 0; i--) {
        header.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      parse(header.toString());
    }
  }

  private static List<Challenge> parse(String... headers) {
    return Challenge.parse(List.of(headers));
  }
}
