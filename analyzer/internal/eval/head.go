package eval

import (
	"github.com/ociretry/ociretry/analyzer/internal/inquiry"
	"github.com/ociretry/ociretry/analyzer/internal/summary"
)

// An answer to HEAD has no body, so what the service means by its status is not said: the SDK's error then has the code
// BadErrorResponse (errors.go, newServiceFailureFromResponse).

// NoCode is the code of an error whose answer had no body.
const NoCode = "BadErrorResponse"

// service returns what a service package says of its operations, nil where that is not known.
func (s *Session) service(path string) *summary.Package {
	if s.Services == nil || path == "" {
		return nil
	}
	return s.Services(path)
}

// Reads reports whether an operation only reads, by its name or by how it is sent.
func (s *Session) Reads(service, operation string) bool { return s.service(service).Reads(operation) }

// SentWithHead reports whether an operation is sent with HEAD.
func (s *Session) SentWithHead(service, operation string) bool {
	return s.service(service).SentWithHead(operation)
}

// answered returns a row as a call answers with it.
func (s *Session) answered(target *Target, row *Row) *Row {
	if row == nil || !s.SentWithHead(target.Service, target.Operation) {
		return row
	}
	return s.WithoutBody(row)
}

// WithoutBody returns a row as an operation sent with HEAD answers with it.
func (s *Session) WithoutBody(row *Row) *Row {
	if known := s.bodiless[row]; known != nil {
		return known
	}
	bare := row.Row
	bare.Code = NoCode
	made := &Row{Row: bare, met: &inquiry.Row{}}
	s.spell(made, row.Row.Code)
	s.bodiless[row] = made
	return made
}
