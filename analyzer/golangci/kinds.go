package golangci

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
)

// setting is a key of the configuration, and what its value has to be.
type setting struct {
	name string
	kind reflect.Kind
	want string
}

var known = []setting{
	{"rules", reflect.String, `write one text with commas between the names, such as "all,-textmatch"`},
	{"catalog", reflect.String, "write the name of an edition or the path of a file"},
	{"generated", reflect.Bool, "write true or false, without quotes"},
}

// check refuses what is no setting, in words of the configuration file. Decoding would speak of Go's types.
func check(configuration any) error {
	value := reflect.ValueOf(configuration)
	if !value.IsValid() {
		return nil // there are no settings, and that is fine
	}
	if value.Kind() != reflect.Map {
		return fmt.Errorf("they are %s; write %s on lines of their own, each with its value", describe(value), names())
	}
	given := map[string]reflect.Value{}
	for entries := value.MapRange(); entries.Next(); {
		given[fmt.Sprint(entries.Key())] = inner(entries.Value())
	}
	for _, name := range slices.Sorted(maps.Keys(given)) {
		index := slices.IndexFunc(known, func(s setting) bool { return strings.EqualFold(s.name, name) })
		if index < 0 {
			return fmt.Errorf("there is no setting %q; they are %s", name, names())
		}
		if got := given[name]; got.IsValid() && got.Kind() != known[index].kind {
			return fmt.Errorf("%s is %s; %s", name, describe(got), known[index].want)
		}
	}
	return nil
}

// inner returns what an interface holds; an invalid value for nothing, which is what a key without a value has.
func inner(value reflect.Value) reflect.Value {
	if value.Kind() == reflect.Interface {
		return value.Elem()
	}
	return value
}

// describe says what a value is, in the terms of YAML.
func describe(value reflect.Value) string {
	switch value.Kind() {
	case reflect.String:
		return fmt.Sprintf("the text %.40q", value.String())
	case reflect.Slice, reflect.Array:
		return "a list"
	case reflect.Map:
		return "a mapping"
	case reflect.Bool:
		return fmt.Sprintf("the boolean %t", value.Bool())
	}
	return fmt.Sprintf("the value %.40q", fmt.Sprint(value))
}

// names lists the settings for a message.
func names() string {
	var all []string
	for _, s := range known {
		all = append(all, s.name)
	}
	return strings.Join(all[:len(all)-1], ", ") + " and " + all[len(all)-1]
}
