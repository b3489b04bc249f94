/// A first look at the gateway: a directory that declares everything needed, and a page that says what to do with it.
@NullMarked
package gatehouse.node.demo;

import org.jspecify.annotations.NullMarked;
