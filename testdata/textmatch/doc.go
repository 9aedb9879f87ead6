// Package textmatch holds the cases of the rule textmatch: an error told apart by the text of Error() where the service
// error's own code or status would do.
package textmatch
