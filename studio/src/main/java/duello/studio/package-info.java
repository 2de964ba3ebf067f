/** The command line, the run store and the reports. */
@org.jspecify.annotations.NullMarked
package duello.studio;
