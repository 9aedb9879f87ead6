package proof

import (
	"fmt"
	"strings"
	"testing"
)

// small are programs of one construct each, with f the service error, s its status and c its code.
var small = []string{
	// Numbers of a limited size.
	`return uint8(s) >= 173`, `return int8(s) < 0`, `return int16(s)*100 < 0`, `return uint32(s)-450 > 1000`, `return uint(s)-450 > 1000`,
	`return ^uint8(s) == 111`, `return uint8(s)<<1 == 32`, `x := uint8(250); x += uint8(s); return x < 250`,
	`return float64(s)/100 > 4.04`, `return int(float64(s)/100) == 4`, `return float64(s/100) == 4`, `return float32(s)/3 > 134.5`,
	`return s/100 == 5`, `return (400-s)/3 == -1`, `return (400-s)%7 == -2`, `return s&^1 == 408`, `return -s < -450`, `return ^s == -410`,
	`return s>>2 == 102`, `return 1<<(s%64) > 1<<20`, `return time.Duration(s)*time.Second > 7*time.Minute`, `return max(s, 404) == 404`, `return min(s, 500) == 500`,
	`return s/(s-404) > 0`, `return string(rune(s-335)) == "A"`, `return complex(float64(s), 0) == 404`,
	// Texts.
	`return c[0] == 'N'`, `return c[:3] == "Not"`, `return c[len(c)-5:] == "Found"`, `return c[3:6] == "Aut"`, `return "x"+c == "xNotFound"`, `return c > "N"`, `return len(c) == 8`,
	`n := 0; for _, x := range c { if x == 'o' { n++ } }; return n == 2`, `n := 0; for _, x := range []byte(c) { if x == 'o' { n++ } }; return n == 2`,
	`n := 0; for i := 0; i < len(c); i++ { if 'A' <= c[i] && c[i] <= 'Z' { n++ } }; return n == 2`,
	`return string([]byte(c)) == "NotFound"`, `return []rune(c)[0] == 'N'`, `return strings.Split(c, "Not")[0] == ""`, `return strings.Fields(c)[0] == "NotFound"`,
	`before, _, ok := strings.Cut(c, "Or"); return ok && before == "NotAuthorized"`, `_, ok := strings.CutPrefix(c, "Not"); return ok`, `return strings.ContainsRune(c, 'E')`,
	`return strings.IndexByte(c, 'F') == 3`, `return strings.Repeat(c, 2) == "NotFoundNotFound"`, `return strings.Join([]string{"a", c}, "/") == "a/NotFound"`,
	`return strings.TrimLeft(c, "N") == "otFound"`, `return strings.Replace(c, "Not", "", 1) == "Found"`, `return strings.HasPrefix(strings.ToUpper(c), "NOT")`,
	`var b strings.Builder; b.WriteString(c); return b.String() == "NotFound"`,
	`return strconv.Itoa(s) == "404"`, `n, err := strconv.Atoi(strconv.Itoa(s)); return err == nil && n == 404`, `_, err := strconv.Atoi(c); return err != nil`, `return strconv.Quote(c) == "\"NotFound\""`,
	// Printing.
	`return fmt.Sprintf("%d", s) == "404"`, `return fmt.Sprintf("%v/%s", s, c) == "404/NotFound"`, `return fmt.Sprintf("%q", c) == "\"NotFound\""`, `return fmt.Sprintf("%T", c) == "string"`,
	`return fmt.Sprintf("%.3s", c) == "Not"`, `return fmt.Sprintf("%d", c) == "NotFound"`, `return fmt.Sprintf("%x", s) == "194"`, `return fmt.Sprintf("%05d", s) == "00404"`, `return fmt.Sprintf("%5d", s) == "  404"`, `return fmt.Sprintf("%+d", s) == "+404"`,
	`return fmt.Sprintf("%t", s == 404) == "true"`, `return fmt.Sprint(s) == "404"`, `return fmt.Sprint(s, s) == "404 404"`, `return fmt.Sprint("a", c) == "aNotFound"`, `return fmt.Sprintln(c) == "NotFound\n"`, `return fmt.Sprintf("%s") == ""`, `return fmt.Sprintf("%s", c, s) == "NotFound"`, `return fmt.Sprintf("%*d", 5, s) == "  404"`, `return fmt.Sprintf("%[1]s", c) == "NotFound"`,
	`return strings.Contains(fmt.Sprintf("%T", r.Error), "NotFound")`, `return strings.Contains(fmt.Errorf("%T", r.Error).Error(), "NotFound")`, `return strings.Contains(fmt.Sprintf("%.9s", r.Error), "NotFound")`,
	`return strings.Contains(fmt.Sprintf("%d", r.Error), "NotFound")`, `return strings.Contains(fmt.Sprintf("%q", r.Error), "NotFound")`, `return strings.Contains(fmt.Sprintf("%x", r.Error), "NotFound")`, `return strings.Contains(fmt.Sprintf("%v", r.Error), "NotFound")`, `return strings.Contains(fmt.Sprintf("%p", r.Error), "NotFound")`, `return fmt.Sprintf("%p", r.Error) == "x"`,
	`return strings.Contains(fmt.Errorf("%.20w", r.Error).Error(), "NotFound")`, `return strings.Contains(fmt.Sprintf("%+v", r.Error), "NotFound")`,
	`return strings.Contains(fmt.Sprintf("%s%s", "Incorrect", "State")+r.Error.Error(), "IncorrectState")`, `return strings.Contains("Incorrect"+"State"+r.Error.Error(), "IncorrectState")`, `x := "Incorrect"; if s > 0 { x += "St" }; return strings.Contains(x+"ate: "+r.Error.Error(), "IncorrectState")`,
	`return strings.Contains(strings.ToUpper(r.Error.Error()), "NOTFOUND")`, `return strings.Contains(strings.ToLower(r.Error.Error()), "notfound")`, `return strings.Contains(strings.ToLower(r.Error.Error()), "NotFound")`, `return strings.Contains(r.Error.Error(), "notfound")`,
	`return strings.Contains(strings.ToLower(r.Error.Error()), "error code: notfound")`, `return strings.HasPrefix(r.Error.Error(), "NotFound")`, `return strings.HasPrefix(r.Error.Error(), "Error returned by")`, `return strings.HasPrefix("NotFound: "+r.Error.Error(), "NotFound")`, `return strings.HasSuffix(r.Error.Error()+"NotFound", "NotFound")`,
	`return r.Error.Error() == "NotFound"`, `return r.Error.Error() != "NotFound"`, `return r.Error.Error() > "F"`, `return len(r.Error.Error()) > 100`, `return r.Error.Error() == ""`, `return "" != r.Error.Error()`, `return len(r.Error.Error()) > 0`,
	`return strings.Contains(r.Error.Error(), c)`, `return strings.Contains(r.Error.Error(), strconv.Itoa(s))`, `return strings.Contains("NotFound IncorrectState", c)`, `return strings.Index(r.Error.Error(), "NotFound") >= 0`, `return strings.Index(r.Error.Error(), "Error Code: NotFound") == 0`, `return strings.Count(r.Error.Error(), "Error Code: NotFound") > 0`,
	`return strings.EqualFold(r.Error.Error(), "NotFound")`, `x := r.Error.Error(); return x[:5] == "Error"`, `return strings.Contains(r.Error.Error(), "OK")`, `return strings.Contains(r.Error.Error(), "Message")`, `return strings.Contains(r.Error.Error(), "GetUser")`, `return strings.Contains(r.Error.Error(), "CompleteMultipart")`,
	// Errors.
	`return errors.Is(r.Error, r.Error)`, `err := fmt.Errorf("x: %w", r.Error); return errors.Is(err, err)`, `err := fmt.Errorf("x: %w", r.Error); return errors.Is(err, r.Error)`, `err := errors.New("x"); return errors.Is(fmt.Errorf("%w: %v", err, r.Error), err)`,
	`return errors.Is(fmt.Errorf("%w: %w", errSentinel, r.Error), errSentinel)`, `return errors.Is(fmt.Errorf("%w: %w", r.Error, errSentinel), errSentinel)`, `return errors.Is(errors.Join(errSentinel, r.Error), errSentinel)`, `return errors.Is(errors.Join(r.Error, errSentinel), errSentinel)`, `return errors.Is(fmt.Errorf("%w: %v", errSentinel, r.Error), errSentinel)`, `return errors.Is(r.Error, errSentinel)`, `return errors.Is(r.Error, nil)`, `return errors.Is(nil, nil)`, `return errors.Is(nil, r.Error)`,
	`var f2 common.ServiceError; return errors.As(fmt.Errorf("%w: %v", errSentinel, r.Error), &f2)`, `var f2 common.ServiceError; return errors.As(fmt.Errorf("%w: %w", errSentinel, r.Error), &f2) && f2.GetCode() == "NotFound"`, `var f2 common.ServiceError; return errors.As(errors.Join(errSentinel, r.Error), &f2) && f2.GetCode() == "NotFound"`,
	`var f2 *failureError; return errors.As(r.Error, &f2)`, `var f2 *failureError; return errors.As(&failureError{r.Error}, &f2)`, `var f2 *failureError; return errors.As(fmt.Errorf("%w", &failureError{r.Error}), &f2) && f2.cause == nil`, `var f2 common.ServiceError; return errors.As(hidingError{r.Error}, &f2)`, `var f2 common.ServiceError; return errors.As(error(&failureError{r.Error}), &f2) && f2.GetCode() == "NotFound"`,
	`f2, ok := errors.AsType[serviceError](r.Error); return ok && f2.GetCode() == "NotFound"`, `f2, ok := find[serviceError](r.Error); return ok && f2.GetCode() == "NotFound"`, `f2, ok := find[*failureError](r.Error); return ok || f2 != nil`,
	`return errors.Unwrap(r.Error) == nil`, `return errors.Unwrap(errors.Join(r.Error)) == nil`, `return errors.Unwrap(fmt.Errorf("%w", r.Error)) != nil`, `return errors.Unwrap(fmt.Errorf("%w %w", r.Error, r.Error)) == nil`, `return errors.Join(nil, nil) == nil`, `return errors.Join(r.Error, nil) != nil`, `return strings.Contains(errors.Join(errSentinel, r.Error).Error(), "sentinel")`, `return errors.Join(errors.New("a"), errors.New("b")).Error() == "a\nb"`,
	`return errors.New(c).Error() == "NotFound"`, `return errors.New("x").Error() == "x"`, `return fmt.Errorf("code %s", c).Error() == "code NotFound"`, `return errSentinel.Error() == "sentinel"`, `return strings.Contains(errors.New("code NotFound").Error(), "NotFound")`, `return (&failureError{r.Error}).Error() == "x"`, `return strings.Contains((&failureError{r.Error}).Error(), "NotFound")`, `return strings.Contains(fmt.Errorf("x: %w", &failureError{r.Error}).Error(), "NotFound")`, `return strings.Contains(fmt.Errorf("x: %v", hidingError{r.Error}).Error(), "failure")`,
	`return errors.New("a") == errors.New("a")`, `return errSentinel == errSentinel`, `return r.Error == errSentinel`, `return error(hidingError{errSentinel}) == error(hidingError{errSentinel})`, `return error(hidingError{r.Error}) == error(hidingError{r.Error})`, `return (hidingError{r.Error}) == (hidingError{errSentinel})`,
	`_, ok := r.Error.(interface{ Unwrap() error }); return ok`, `_, ok := r.Error.(interface{ Temporary() bool }); return ok`, `_, ok := r.Error.(interface{ Timeout() bool }); return ok`, `_, ok := r.Error.(interface{ GetMessage() string }); return ok`, `_, ok := r.Error.(fmt.Stringer); return ok`, `_, ok := r.Error.(interface{ GetCode() int }); return ok`, `_, ok := r.Error.(*failureError); return ok`, `_, ok := any(r.Error).(string); return ok`, `_ = r.Error.(*failureError); return true`, `return r.Error.(common.ServiceError).GetCode() == "NotFound"`, `_, ok := any(f).(error); return ok`, `return any(f).(error).Error() == "x"`,
	`f2, ok := common.IsServiceError(nil); return ok || f2 != nil`, `var f2 common.ServiceError; return f2.GetCode() == ""`, `var p *int; return *p == s`, `_, ok := common.IsServiceError(named{f, "x"}); return ok`, `_, ok := common.IsServiceErrorRichInfo(named{f, "x"}); return ok`, `_, ok := common.IsServiceError(hidingError{r.Error}); return ok`,
	`return common.IsErrorRetryableByDefault(named{f, "x"})`, `return common.IsErrorAffectedByEventualConsistency(named{f, "x"})`, `return common.IsErrorRetryableByDefault(errSentinel)`, `return common.IsErrorRetryableByDefault(hidingError{r.Error})`, `return named{f, "x"}.GetCode() == "NotFound"`, `return holder{f, "x"}.GetCode() == "NotFound"`, `var f2 common.ServiceError; return errors.As(named{f, "x"}, &f2) && f2.GetCode() == "NotFound"`, `f2, ok := common.IsServiceError(named{f, "x"}); return ok && f2.GetCode() == "NotFound"`, `return common.IsCircuitBreakerError(named{f, "circuit breaker is open"})`,
	`return f.GetOpcRequestID() == f.GetOpcRequestID()`, `var f2 common.ServiceError = named{f, "x"}; return f2.GetHTTPStatusCode() == 404`,
	`err := error(named{f, "x"}); return errors.Is(err, err)`, `err := error(named{f, "x"}); return errors.Is(err, nil)`, `return errors.Is(errors.Unwrap(fmt.Errorf("x: %w", r.Error)), nil)`, `return errors.Is(&failureError{r.Error}, nil)`, `return errors.Is(fmt.Errorf("x: %w", r.Error), nil)`, `err := &failureError{r.Error}; return errors.Is(err, err)`, `return common.IsNetworkError(named{f, "x"})`, `return common.IsErrorRetryableByDefault(&failureError{r.Error})`,
	`x := ""; return x[len(x)-5:] == "ors"`, `return c[len(c)-9:] == "x"`, `return c[20:] == ""`, `return c[s-404:] == "NotFound"`, `return c[12] == 'x'`, `x := []int{1}; return x[:s-404] == nil`, `x := []int{1}; return len(x[s-404:]) == 1`, `return [3]int{}[s%4] == 0`,
	`return strings.Index(r.Error.Error(), "NotFound") == -1`, `return strings.Index(r.Error.Error(), "NotFound") != -1`, `for _, x := range []byte(c) { if x == 'F' { return true } }; return false`,
	// Control.
	`x := s == 404; p := &x; *p = !*p; return x`, `x := s == 404; p := &x; if c == "NotFound" { *p = !*p }; return x`, `n := s; for n > 9 { n /= 10 }; return n == 4`, `return ([5]bool{4: true})[s/100]`, `return []int{1, 2, 3}[s-400] == 1`, `return len([]int{}[1:]) == 0`, `return (map[error]bool{})[r.Error]`, `return any(r.Error) == any(r.Error)`, `var m map[string]int; m[c] = 1; return true`, `return make([]int, s-404) == nil`,
	`x := append([]string{"NotFound"}, "IncorrectState"); return slices.Contains(x, c)`, `x := []string{"a"}; if s == 404 { x = append(x, "b") }; return len(x) == 2`, `x := []string{"a"}; if s == 404 { x = append(x, c) }; return x[len(x)-1] == "NotFound"`, `return listed([]string{"NotFound", "IncorrectState"}, c)`, `return listed([]string{"NotFound", "IncorrectState"}[1:], c)`, `x := []string{"NotFound", "b", "c"}; return slices.Contains(x[:1], c)`,
	`return slices.ContainsFunc([]string{"a", "NotFound"}, func(x string) bool { return x == c })`, `return slices.Index([]string{"a", "NotFound"}, c) == 1`, `return slices.IndexFunc([]int{404}, func(x int) bool { return x == s }) == 0`, `x := []string{"IncorrectState", "NotFound"}; _, ok := slices.BinarySearch(x, c); return ok`, `x := []string{"b", "a"}; slices.Sort(x); return x[0] == "a" && s == 404`, `return sort.SearchInts([]int{400, 404}, s) == 1`,
	`m := map[string]int{}; m[c]++; return m["NotFound"] == 1`, `m := map[string]int{"NotFound": 1}; delete(m, c); return len(m) == 0`, `m := map[int]bool{404: true}; _, ok := m[s]; return ok`, `m := map[string]bool{}; for _, x := range []string{"NotFound", "b"} { m[x] = true }; return m[c]`, `m := map[int]string{404: "NotFound"}; for k, v := range m { if k == s && v == c { return true } }; return false`, `m := map[int][]string{404: {"NotFound"}}; return slices.Contains(m[s], c)`, `m := map[string]map[int]bool{"NotFound": {404: true}}; return m[c][s]`, `m := map[any]bool{404: true, "IncorrectState": true}; return m[s] || m[c]`,
	`var x any = s; return x == 404`, `var x any = s; return x == int64(404)`, `var x any = s; n, ok := x.(int); return ok && n == 404`, `switch x := any(c).(type) { case int: return true; case string: return x == "NotFound" }; return false`,
	`for i := range 3 { if s == 403+i { return true } }; return false`, `for i := range slices.Values([]int{404, 409}) { if i == s { return true } }; return false`, `ch := make(chan int, 1); ch <- s; return <-ch == 404`, `x, y := s, c; x, y = x+1, y+"x"; return x == 405 && y == "NotFoundx"`, `type t struct{ a int; b *int }; n := s; v := t{s, &n}; *v.b++; return n == v.a+1 && s == 404`, `var fn func(int) bool; fn = func(n int) bool { return n == 4 || n > 9 && fn(n/10) }; return fn(s)`,
	`g := f.GetCode; return g() == "NotFound"`, `g := common.ServiceError.GetCode; return g(f) == "NotFound"`, `fs := []func() string{f.GetCode}; return fs[0]() == "NotFound"`, `fs := map[int]func() bool{404: func() bool { return c == "NotFound" }}; if g, ok := fs[s]; ok { return g() }; return false`,
	`return bool(s == 404)`, `return (s == 404) == (c == "NotFound")`, `return (s == 404) != true`, `return (r.Error.Error() == "x") == false`, `return pair{s, c} == pair{404, "NotFound"}`, `return [2]int{s, 1} == [2]int{404, 1}`, `x := &pair{s, c}; y := *x; y.status++; return *x == pair{404, "NotFound"}`,
	`return r.Response.HTTPResponse().StatusCode == 404`, `return r.Response.HTTPResponse().Status == "404"`, `return r.Response == nil`, `return r.Response.HTTPResponse().Header == nil`, `return r.Response.HTTPResponse().StatusCode/100 == 5`, `return http.StatusText(s) == "Not Found"`, `return s == http.StatusNotFound`, `x := *r.Response.HTTPResponse(); return x.StatusCode == 404`, `return r.AttemptNumber >= 0 && s == 404`,
	`ok, _ := regexp.MatchString("NotFound$", c); return ok`, `return regexp.MustCompile("^(NotFound|Incorrect.*)$").MatchString(c)`, `return regexp.MustCompile("Error Code: NotFound").MatchString(r.Error.Error())`,
}

// smallNamed are like small, with bodies that need a named result.
var smallNamed = []string{
	`defer func() { retry = s == 404 }(); return false`, `defer func() { if recover() != nil { retry = s == 404 } }(); panic("x")`, `defer func() { retry = recover() != nil }(); return r.Error == r.Error`, `defer func() { retry = !retry }(); return s == 404`, `defer func() { retry = retry != (c == "NotFound") }(); defer func() { retry = s > 404 }(); return`, `defer func() { recover() }(); if s == 404 { panic(r.Error) }; return true`, `defer func() { if e, ok := recover().(error); ok { _, retry = common.IsServiceError(e) } }(); panic(r.Error)`, `defer func() { if e := recover(); e != nil { retry = e == "x" } }(); panic("x")`, `var p *int; defer func() { recover(); retry = s == 404 }(); return *p == 1`, `defer func(v int) { retry = v == 404 }(s); s = 1; return`, `for _, x := range []int{404, 409} { defer func() { retry = retry || x == s }() }; return`, `defer func() { if retry { return }; retry = s == 404 }(); return c == "IncorrectState"`, `defer fmt.Sprint(s); return s == 404`,
}

// smallProgram writes a program of all of them, each as a predicate of the name returned.
func smallProgram(t testing.TB) (p *program, names []string) {
	t.Helper()
	var source strings.Builder
	source.WriteString(strings.Replace(generatedHead, "\t\"slices\"\n", "\t\"regexp\"\n\t\"slices\"\n\t\"time\"\n", 1))
	source.WriteString("var _ = regexp.MustCompile\nvar _ = sort.Ints\nvar _ = time.Now\n")
	write := func(body, result string) {
		name := fmt.Sprintf("P%d", len(names))
		names = append(names, name)
		fmt.Fprintf(&source, "func %s(r common.OCIOperationResponse) %s {\n\tf := r.Error.(common.ServiceError)\n\ts, c := f.GetHTTPStatusCode(), f.GetCode()\n\t_, _ = s, c\n\t%s\n}\n\n", name, result, body)
	}
	for _, body := range small {
		write(body, "bool")
	}
	for _, body := range smallNamed {
		write(body, "(retry bool)")
	}
	return newProgram(t, source.String(), names), names
}

// Each construct by itself is evaluated as it runs, or left open.
func TestSmallPrograms(t *testing.T) {
	t.Parallel()
	p, names := smallProgram(t)
	answers, session := p.run(t), p.read(t)
	bodies := append(append([]string(nil), small...), smallNamed...)
	var open []string
	for i, body := range bodies {
		asked, wrong, undecided := "", "", 0
		for j, row := range session.Rows {
			real := answers[i][j*len(messages) : (j+1)*len(messages)]
			said, why := evaluateWhy(session, names[i], row)
			if why == retriedToRules && strings.Trim(real, "1") != "" {
				asked, wrong = row.Row.String(), real+", "+why
			}
			if said == '?' {
				undecided++
			}
			if !agrees(said, real) {
				asked, wrong = row.Row.String(), fmt.Sprintf("%s, evaluated to %c", real, said)
			}
		}
		if wrong != "" {
			t.Errorf("%s\n\t%s: %s", body, asked, wrong)
		} else if undecided > 0 {
			open = append(open, fmt.Sprintf("%d of %d: %s", undecided, len(session.Rows), body))
		}
	}
	t.Logf("%d programs, left open:\n\t%s", len(bodies), strings.Join(open, "\n\t"))
}
