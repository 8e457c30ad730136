// Checks that say what they check, for scripts that are tests. Used with:  /load lib/check.jsh
//
// The output is the Test Anything Protocol, which CI systems read:  ok 1 - the page is there
// The first check that does not hold ends the script with exit code 1 and the line.

int checks = 0;

void check(String what, boolean holds) {
  if (!holds) {
    throw new AssertionError("not so: " + what);
  }
  System.out.println("ok " + ++checks + " - " + what);
}

void checkEquals(String what, Object expected, Object actual) {
  if (!expected.equals(actual)) {
    throw new AssertionError(what + ": expected " + expected + ", but was " + actual);
  }
  check(what, true);
}
