package gatehouse.node.edge.wire;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.Done;
import org.apache.pekko.http.javadsl.model.AttributeKey;
import org.apache.pekko.http.javadsl.model.AttributeKeys;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.RemoteAddress;
import org.apache.pekko.http.javadsl.model.StatusCode;
import org.apache.pekko.http.javadsl.model.StatusCodes;
import org.apache.pekko.http.scaladsl.model.EntityStreamException;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.FlowShape;
import org.apache.pekko.stream.Inlet;
import org.apache.pekko.stream.Outlet;
import org.apache.pekko.stream.stage.AbstractInOutHandler;
import org.apache.pekko.stream.stage.AsyncCallback;
import org.apache.pekko.stream.stage.GraphStage;
import org.apache.pekko.stream.stage.GraphStageLogic;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Asks for the response to each request of one connection, and tells whoever makes it when the client does not wait
/// for it.
public final class Answering extends GraphStage<FlowShape<HttpRequest, HttpResponse>> {

    /// Completes when the client has gone before the response was there.
    public static final AttributeKey<Departure> DEPARTURE = AttributeKey.create("departure", Departure.class);

    /// A client's going before it was answered.
    ///
    /// @param gone completes then, and else never
    public record Departure(CompletionStage<Done> gone) {}

    private static final Logger LOG = LoggerFactory.getLogger(Answering.class);

    private final Inlet<HttpRequest> requests = Inlet.create("Answering.requests");
    private final Outlet<HttpResponse> responses = Outlet.create("Answering.responses");
    private final Function<HttpRequest, CompletionStage<HttpResponse>> answer;
    private final RemoteAddress client;

    public Answering(Function<HttpRequest, CompletionStage<HttpResponse>> answer, RemoteAddress client) {
        this.answer = answer;
        this.client = client;
    }

    @Override
    public FlowShape<HttpRequest, HttpResponse> shape() {
        return FlowShape.of(requests, responses);
    }

    @Override
    public GraphStageLogic createLogic(Attributes attributes) {
        return new Logic();
    }

    private final class Logic extends GraphStageLogic {

        private final AsyncCallback<Pending> arrived = createAsyncCallback(this::respond);
        private @Nullable Pending pending;

        private Logic() {
            super(shape());
            var handler = new AbstractInOutHandler() {
                @Override
                public void onPush() {
                    ask(grab(requests));
                }

                @Override
                public void onPull() {
                    pull(requests);
                }

                @Override
                public void onUpstreamFinish() {
                    if (pending == null) {
                        completeStage();
                    }
                }
            };
            setHandler(requests, handler);
            setHandler(responses, handler);
        }

        @Override
        public void postStop() {
            if (pending != null) {
                pending.leave();
            }
        }

        private void ask(HttpRequest request) {
            var asked = new Pending(materializer());
            pending = asked;
            var told = request.addAttribute(AttributeKeys.remoteAddress, client)
                    .addAttribute(DEPARTURE, new Departure(asked.departure()));
            var response = response(told);
            response.whenComplete((answered, failure) -> asked.arrive(failure == null ? answered : fault(failure)));
            if (asked.isHere()) {
                respond(asked);
            } else {
                response.whenComplete((answered, failure) -> arrived.invoke(asked));
            }
        }

        private CompletionStage<HttpResponse> response(HttpRequest request) {
            try {
                return answer.apply(request);
            } catch (RuntimeException broken) {
                return CompletableFuture.failedStage(broken);
            }
        }

        private void respond(Pending asked) {
            pending = null;
            push(responses, asked.take());
            if (isClosed(requests)) {
                completeStage();
            }
        }
    }

    private static HttpResponse fault(Throwable failure) {
        var cause = failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof EntityStreamException) {
            LOG.debug("a request's body ended early");
            return failed(StatusCodes.BAD_REQUEST, "the body ended early");
        }
        LOG.error("a request could not be answered", cause);
        return failed(StatusCodes.INTERNAL_SERVER_ERROR, "internal error");
    }

    private static HttpResponse failed(StatusCode status, String text) {
        return HttpResponse.create()
                .withStatus(status)
                .withEntity(ContentTypes.APPLICATION_JSON, "{\"error\":\"" + text + "\"}");
    }
}
