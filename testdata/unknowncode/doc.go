// Package unknowncode holds the cases of the rule unknowncode: a code compared with a misspelling of a catalog code, or
// with a status it never comes with.
package unknowncode
