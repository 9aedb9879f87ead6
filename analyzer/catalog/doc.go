// Package catalog is the OCI API error catalog as data: one row for each pair
// of HTTP status and error code, with the verdict whether to retry it. Nothing
// else in this module names a verdict, and no rule names a status or a code
// where a lookup or a [Role] serves.
//
// Its limits: a catalog knows the errors that all services share. A code that
// only one service has is not in it, and being absent says nothing about it.
//
// # Editions
//
// The built-in rows stand in catalog.tsv. Whoever follows the rules as they
// were published at another time picks that edition by its name; [Editions]
// lists the names. A catalog never changes after it is loaded.
//
// # The format
//
// A table is a text file in UTF-8 with one row a line. Its columns are
// separated by tabs, in this order; from the fourth on they may be left out:
//
//	status       100 to 599
//	code         one word such as IncorrectState
//	retry        no, or with backoff
//	role         required-state: an action has to come before a retry;
//	             spent-token: the change needs a different retry token
//	not-from     beginnings of the operations that cannot answer with it
//	description  what the error means, in a few words
//
// The file may begin with a line of these names. Blank lines and lines that
// begin with # are skipped. Spaces around a cell do not count, names in a list
// are separated by spaces or commas, and a cell may stand in double quotes, as
// spreadsheets write it. The built-in file has one more column, editions.
//
// # A table of one's own
//
// [Load] lays a file over the default edition. A row with a new pair of status
// and code is added. A row with a known pair changes its verdict; a role,
// not-from or description that is empty or left out stays as it was, and a
// single - takes it away. With tabs where this page has spaces:
//
//	status  code                   retry         role  not-from
//	404     BucketNotFound         no
//	401     NotAuthenticated       no
//	409     InvalidatedRetryToken  with backoff  -
//
// A malformed file is refused whole, with one line that says where and why:
//
//	mine.tsv:3:5: code "Not Found" is not one word such as IncorrectState
//
// Lines and columns count from one, columns in bytes.
package catalog
