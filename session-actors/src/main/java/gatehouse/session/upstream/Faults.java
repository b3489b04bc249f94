package gatehouse.session.upstream;

import javax.net.ssl.SSLHandshakeException;
import org.apache.pekko.http.scaladsl.model.EntityStreamException;
import org.apache.pekko.http.scaladsl.model.EntityStreamSizeException;
import org.apache.pekko.http.scaladsl.model.ExceptionWithErrorInfo;

/// Reads the failures of a connection. Their texts may quote the upstream, so they stay unsaid.
final class Faults {

    private Faults() {}

    static Fault of(Throwable failure) {
        return switch (failure) {
            case Broken broken -> broken.fault();
            case EntityStreamSizeException _ -> Fault.ANSWER_TOO_LARGE;
            case EntityStreamException _ -> Fault.unknown("answer was cut short");
            case ExceptionWithErrorInfo _ -> Fault.garbled("answer is no HTTP");
            // TLS agrees on keys and names before the first byte of a request
            case SSLHandshakeException _ -> Fault.notSent("TLS could not be agreed on");
            default -> Fault.unknown("connection was lost");
        };
    }
}
