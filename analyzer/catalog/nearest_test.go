package catalog

import (
	"slices"
	"strings"
	"testing"
)

func TestNearestFindsMisspellings(t *testing.T) {
	for text, want := range map[string]string{
		// Case and separators.
		"Not found":                             "NotFound",
		"not_found":                             "NotFound",
		"NOT_FOUND":                             "NotFound",
		"notfound":                              "NotFound",
		"NOTFOUND":                              "NotFound",
		"not-found":                             "NotFound",
		"Not.Found":                             "NotFound",
		" NotFound ":                            "NotFound",
		"NotFOund":                              "NotFound",
		"NoETagMatch":                           "NoEtagMatch",
		"too many requests":                     "TooManyRequests",
		"TOO_MANY_REQUESTS":                     "TooManyRequests",
		"SignupRequired":                        "SignUpRequired",
		"InvalidatedRetrytoken":                 "InvalidatedRetryToken",
		"NotAuthorized OrNotFound":              "NotAuthorizedOrNotFound",
		"NotAuthorizedOrResource AlreadyExists": "NotAuthorizedOrResourceAlreadyExists",
		"RelatedResourceNot AuthorizedOrNotFound": "RelatedResourceNotAuthorizedOrNotFound",
		// One letter or two.
		"NotFounds":                           "NotFound",
		"NotFond":                             "NotFound",
		"NtoFound":                            "NotFound",
		"NoFuond":                             "NotFound",
		"InvalidParameters":                   "InvalidParameter",
		"InvalidParamater":                    "InvalidParameter",
		"IvnalidParamater":                    "InvalidParameter",
		"MissingParamter":                     "MissingParameter",
		"TooManyRequest":                      "TooManyRequests",
		"ToManyRequest":                       "TooManyRequests",
		"tooManyRequest":                      "TooManyRequests",
		"Toomanyrequest":                      "TooManyRequests",
		"TOO_MANY_REQUEST":                    "TooManyRequests",
		"too many request":                    "TooManyRequests",
		"IncorectState":                       "IncorrectState",
		"IncorrectStates":                     "IncorrectState",
		"incorrectSate":                       "IncorrectState",
		"InternalServerErorr":                 "InternalServerError",
		"ServiceUnavaliable":                  "ServiceUnavailable",
		"ServiceUnavailble":                   "ServiceUnavailable",
		"LimitExceded":                        "LimitExceeded",
		"LimitsExceeded":                      "LimitExceeded",
		"QuotaExceed":                         "QuotaExceeded",
		"MethodNotAllow":                      "MethodNotAllowed",
		"NotAuthorised":                       "NotAuthorized",
		"NotAuthorisedOrNotFound":             "NotAuthorizedOrNotFound",
		"NotAuthorizeOrNotfound":              "NotAuthorizedOrNotFound",
		"NotAuthorizedNotFound":               "NotAuthorizedOrNotFound",
		"NotAuthorizedOrResourceAlreadyExist": "NotAuthorizedOrResourceAlreadyExists",
	} {
		code, ok := Default().Nearest(text)
		if code != want || ok != (want != "") {
			t.Errorf("Nearest(%q) = %q, %t, want %q", text, code, ok, want)
		}
	}
}

// Codes that services of OCI or other clouds really have, and words close to
// a catalog code that mean another thing. None is a misspelling.
var otherCodes = strings.Fields(`
	AccessDenied AlreadyExists BadErrorResponse BadRequest BucketAlreadyExists BucketNotEmpty BucketNotFound
	CannotAttachToTerminatedInstance ConcurrencyConflict ConcurrentObjectUpdate ConflictException Conflicted ContentLengthMismatch
	DBNotFound DeleteConflict EntityNotFound EtagMatch ExpiredToken ExternalServerError Forbidden FunctionNotFound
	HostNotFound IDNotFound IPNotFound IfMatchFailed IfNoneMatchFailed ImageNotFound IncompatibleState
	IncorrectStatus CorrectState InsufficientServicePermissions InternalError InternalServiceError
	InvalidAuthInfo InvalidBody InvalidBucketName InvalidEtag InvalidObjectName InvalidParameterId
	InvalidParameterDB InvalidParameterValue InvalidRequest InvalidRetryToken InvalidState InvalidToken IsNotFound
	LimitExceededIn LockConflict MatchNotFound MethodNotSupported MissingParameters2 NamespaceNotFound
	NatFoundry NoEtag NoSuchBucket NoSuchKey NoSuchUpload NodeNotFound NotAcceptable NotAllowed NotAuthorizedOrBucketNotFound
	NotAuthorizedOrResourceNotFound NotBound NotFoundDB NotFoundIP NotImplemented NotRestored
	NotSupported ObjectAlreadyExists ObjectNotFound OutOfCapacity OutOfHostCapacity ParameterMissing
	PreconditionFailed QuotaNotExceeded RateLimitExceeded RelatedResourceNotFound RequestTimeout
	RequestTimeTooSkewed ResourceAlreadyExists ResourceDisabled ResourceLimitExceeded ResourceLinked ResourceNotFound
	ServerError ServiceAvailable ServiceError ServiceLimitExceeded ServiceNotAvailable SignInRequired SlowDown
	StorageQuotaExceeded SubnetNotFound TenantNotFound Throttled TooManyBuckets TooManyParts TooManyTags
	Unauthenticated Unauthorized Unavailable UnknownError UnsupportedMediaType UserNotFound VMNotFound VcnNotFound
	VolumeNotFound`)

func TestNearestIsSilentAboutOtherCodes(t *testing.T) {
	for _, name := range Editions() {
		for _, text := range otherCodes {
			if code, ok := mustLoad(t, name).Nearest(text); ok {
				t.Errorf("%s: Nearest(%q) = %q", name, text, code)
			}
		}
	}
}

func TestNearestIsSilentAboutOtherTexts(t *testing.T) {
	for _, text := range []string{
		"", " ", "-_.", "N", "Not", "404", "not", "found", "state", "NOT_SET", "no", "Or",
		"notfond", "NOTFOND", "toomanyrequest", // one word of ordinary language: case alone counts
		"Not Found!", "Not/Found", "NotFound\n", "NötFound", "\xffNotFound", "Error: NotFound", "404 NotFound",
		"NotFound2", "N0tFound", "TooManyRequests429", // a digit is no slip
		strings.Repeat("NotFound", 100),
	} {
		if code, ok := Default().Nearest(text); ok {
			t.Errorf("Nearest(%q) = %q", text, code)
		}
	}
}

// What any edition knows is right, though the one asked has another code nearby.
func TestNearestNeverDoubtsAKnownCode(t *testing.T) {
	overlay := mustLoad(t, write(t, "404\tNotFounds\tno\n409\tConflicts\tno\n"))
	for _, c := range []*Catalog{Default(), mustLoad(t, "2024-06"), overlay} {
		for code := range builtin().codes {
			if nearest, ok := c.Nearest(code); ok {
				t.Errorf("Nearest(%q) = %q", code, nearest)
			}
		}
	}
	if code, ok := overlay.Nearest("NotFounds"); ok {
		t.Errorf("a code of the overlay is taken for a misspelling of %s", code)
	}
}

// Candidates are the codes of the catalog that is asked, and no others.
func TestNearestAsksItsOwnRows(t *testing.T) {
	for text, want := range map[string]string{"conflict": "Conflict", "Conflicts": "Conflict", "PayloadToLarge": "PayloadTooLarge"} {
		if code, _ := mustLoad(t, "2024-06").Nearest(text); code != want {
			t.Errorf("2024-06: Nearest(%q) = %q, want %q", text, code, want)
		}
		if code, ok := Default().Nearest(text); ok {
			t.Errorf("default: Nearest(%q) = %q", text, code)
		}
	}
}

func TestNearestPrefersFewerSlipsThenTableOrder(t *testing.T) {
	c := mustLoad(t, write(t, "404\tBucketAbsent\tno\n403\tBucketAbsents\tno\n"))
	for text, want := range map[string]string{
		"BucketAbsnt":   "BucketAbsent", // one slip, and two from the other
		"BucketAbsnts":  "BucketAbsents",
		"BucketAbsentx": "BucketAbsents", // one slip from both: 403 stands before 404
	} {
		if code, _ := c.Nearest(text); code != want {
			t.Errorf("Nearest(%q) = %q, want %q", text, code, want)
		}
	}
}

// A short code bears fewer slips than a long one.
func TestNearestIsStricterWithShortCodes(t *testing.T) {
	c := mustLoad(t, write(t, "404\tGone\tno\n404\tNoQuota\tno\n"))
	for text, want := range map[string]string{
		"GONE": "Gone", "Gon": "", "Gones": "", "no_quota": "NoQuota", "NoQuotas": "NoQuota", "NoQotas": "", "NQotas": "",
	} {
		if code, _ := c.Nearest(text); code != want {
			t.Errorf("Nearest(%q) = %q, want %q", text, code, want)
		}
	}
}

// Every code with one letter lost after the first of a word is found again,
// unless the loss makes it a single plain word or another known code.
func TestNearestFindsEveryLostLetter(t *testing.T) {
	for _, name := range Editions() {
		c := mustLoad(t, name)
		for _, row := range c.Rows() {
			for index := 1; index < len(row.Code); index++ {
				if isCapital(row.Code[index]) {
					continue
				}
				text := row.Code[:index] + row.Code[index+1:]
				if code, _ := c.Nearest(text); code != row.Code {
					t.Errorf("%s: Nearest(%q) = %q, want %q", name, text, code, row.Code)
				}
			}
		}
	}
}

func TestWordsOf(t *testing.T) {
	for text, want := range map[string]string{
		"NotFound": "not found", "VCNNotFound": "vcn not found", "NOT_FOUND": "not found", "notfound": "notfound",
		"TooManyIPs": "too many i ps", "Http2Error": "http2 error", "-a..B ": "a b", "": "",
	} {
		if got := wordsOf(text); !slices.Equal(got, strings.Fields(want)) {
			t.Errorf("wordsOf(%q) = %q, want %s", text, got, want)
		}
	}
}
