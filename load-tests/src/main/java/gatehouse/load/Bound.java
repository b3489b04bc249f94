package gatehouse.load;

/// The limits within which a run may be asked for, so that no run is endless or boundless.
final class Bound {

    private Bound() {}

    static int check(String option, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(option + " is " + value + ", not between " + least + " and " + most);
        }
        return value;
    }
}
