/// From a directory of documents to a published catalogue.
@NullMarked
package gatehouse.config.gitops;

import org.jspecify.annotations.NullMarked;
