/// What is declared: settings, and the catalogue of tenants, agents, upstreams and routes.
@NullMarked
package gatehouse.config;

import org.jspecify.annotations.NullMarked;
