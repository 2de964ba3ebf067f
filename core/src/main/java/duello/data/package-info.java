/** Where images come from: one file per dataset, the built-in procedural datasets, and the loader. */
@NullMarked
package duello.data;

import org.jspecify.annotations.NullMarked;
