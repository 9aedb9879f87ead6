// Package annotate wraps errors and does not import the SDK.
package annotate

import "fmt"

// Wrap wraps every error.
func Wrap(op string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w", op, err)
}

// WrapIfNamed wraps only where there is a name.
func WrapIfNamed(op string, err error) error {
	if err == nil || op == "" {
		return err
	}
	return fmt.Errorf("%s: %w", op, err)
}
