package eval

import (
	"go/constant"
	"strings"
)

// mapsFunction evaluates maps.Clone and maps.Copy on maps of known content.
func (r *run) mapsFunction(in *invocation, short string) ([]exit, bool) {
	s := in.it.state.fork1(in.it)
	switch short {
	case "Clone":
		content := r.mapContent(s, in.arguments[0])
		if content == nil {
			return nil, false
		}
		object := r.object("map:" + in.chainKey())
		s.store(object, content)
		return one(s, r.make(Node{Kind: Map, Object: object})), true
	case "Copy":
		content := r.mapContent(s, in.arguments[1])
		if content == nil || content.Open || in.arguments[0].Kind != Map {
			return nil, false
		}
		for n := 0; n < len(content.Args); n += 2 {
			r.updateMap(s, []Value{in.arguments[0], content.Args[n], content.Args[n+1]})
		}
		return one(s), true
	}
	return nil, false
}

// splitText evaluates strings.Split and strings.Fields on known texts.
func (r *run) splitText(in *invocation, short string) ([]exit, bool) {
	var texts []string
	taint := Clean
	for _, argument := range in.arguments {
		if argument.Kind != Constant || argument.ConstKind() != constant.String {
			return nil, false
		}
		texts = append(texts, constant.StringVal(argument.Const()))
		taint = max(taint, argument.Taint)
	}
	parts := strings.Fields(texts[0])
	if short == "Split" {
		parts = strings.Split(texts[0], texts[1])
	}
	var elements []Value
	for _, part := range parts {
		elements = append(elements, r.text(part, taint))
	}
	s := in.it.state.fork1(in.it)
	return one(s, r.newSlice(s, "append:"+in.chainKey(), elements)), true
}
