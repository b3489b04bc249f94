package gatehouse.load.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LedgerTest {

    private final Ledger ledger = new Ledger();

    @Test
    void what_is_lost_and_what_comes_twice_is_counted_one_by_one() {
        var due = 0L;
        for (var came : new long[] {0, 1, 4, 4, 5, 2, 6}) {
            due = ledger.event(due, came, 10);
        }

        var sum = ledger.sum();
        assertThat(due).isEqualTo(7);
        assertThat(sum.events()).isEqualTo(7);
        assertThat(sum.lost()).isEqualTo(2);
        assertThat(sum.twice()).isEqualTo(2);
        assertThat(sum.complaints()).contains("events 2 to 3 are lost", "event 2 came again, 6 was due");
    }

    @Test
    void every_call_is_accounted_for() {
        for (var i = 0; i < 5; i++) {
            ledger.sent();
        }
        ledger.ended(Ledger.End.DONE, 2_000_000);
        ledger.ended(Ledger.End.REFUSED, 1);
        ledger.ended(Ledger.End.UNKNOWN, 1);
        ledger.ended(Ledger.End.WRONG, 1);

        assertThat(ledger.sum().open()).isOne();
        assertThat(ledger.sum().callMaxMillis()).isBetween(1.9, 2.1);

        ledger.forgetTimes();
        assertThat(ledger.sum().callMaxMillis()).isZero();
        assertThat(ledger.sum().done()).isOne();
    }
}
