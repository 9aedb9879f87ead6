package incorrectstate

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/oracle/oci-go-sdk/v65/common"
	"github.com/oracle/oci-go-sdk/v65/core"
)

// What is busy until the attempts or the time are used up, and counts as done then.

func isIncorrectState(err error) bool {
	var failure common.ServiceError
	return errors.As(err, &failure) && failure.GetCode() == "IncorrectState"
}

// leavesInside asks the counter inside the loop.
func leavesInside(ctx context.Context, client core.VirtualNetworkClient, request core.DeleteSubnetRequest) error {
	for n := 1; ; n++ {
		_, err := client.DeleteSubnet(ctx, request)
		if !isIncorrectState(err) { // want "incorrectstate: "
			return err
		}
		if n == 5 {
			fmt.Println("subnet is still in use")
			return nil
		}
		time.Sleep(time.Duration(n) * time.Second)
	}
}

// countsDown has a field for it.
func (n *network) countsDown(ctx context.Context, request core.DeleteSubnetRequest, attempts int) error {
	for left := attempts; left > 0; left-- {
		if _, err := n.client.DeleteSubnet(ctx, request); err != nil {
			if !isIncorrectState(err) { // want "incorrectstate: "
				return err
			}
			time.Sleep(time.Second)
			continue
		}
		break
	}
	return nil
}

// afterAWhile has a timer for all attempts together.
func afterAWhile(ctx context.Context, client core.VirtualNetworkClient, request core.DeleteSubnetRequest) error {
	enough := time.After(5 * time.Minute)
	for {
		_, err := client.DeleteSubnet(ctx, request)
		if !isIncorrectState(err) { // want "incorrectstate: "
			return err
		}
		select {
		case <-enough:
			return nil
		case <-time.After(10 * time.Second):
		}
	}
}

// bySince looks at the clock.
func bySince(ctx context.Context, client core.VirtualNetworkClient, request core.DeleteSubnetRequest, limit time.Duration) (err error) {
	began := time.Now()
	for {
		if _, err = client.DeleteSubnet(ctx, request); !isIncorrectState(err) { // want "incorrectstate: "
			return err
		}
		if time.Since(began) > limit {
			break
		}
		time.Sleep(10 * time.Second)
	}
	return nil
}

// eachSubnet goes on with the next one.
func eachSubnet(ctx context.Context, client core.VirtualNetworkClient, requests []core.DeleteSubnetRequest) error {
	for _, request := range requests {
		for range 4 {
			_, err := client.DeleteSubnet(ctx, request)
			if err == nil {
				break
			}
			if !isIncorrectState(err) { // want "incorrectstate: "
				return err
			}
			time.Sleep(10 * time.Second)
		}
	}
	return nil
}

// untilQuiet hands back what its last attempt has answered.
func untilQuiet(attempts int, busy func(error) bool, send func() error) (err error) {
	for range attempts {
		if err = send(); !busy(err) {
			return err
		}
		time.Sleep(10 * time.Second)
	}
	return err
}

// forgivenAfterHelper forgives it what the helper has waited for.
func forgivenAfterHelper(ctx context.Context, client core.VirtualNetworkClient, request core.DeleteSubnetRequest) error {
	err := untilQuiet(4, isIncorrectState, func() error {
		_, err := client.DeleteSubnet(ctx, request)
		return err
	})
	if isIncorrectState(err) { // want "incorrectstate: "
		return nil
	}
	return err
}

// The near misses.

func toldInside(ctx context.Context, client core.VirtualNetworkClient, request core.DeleteSubnetRequest) error {
	for n := 1; ; n++ {
		_, err := client.DeleteSubnet(ctx, request)
		if !isIncorrectState(err) || n == 5 {
			return err
		}
		time.Sleep(time.Duration(n) * time.Second)
	}
}

// bySwitch is lenient if the program was told to be.
func (n *network) bySwitch(ctx context.Context, request core.DeleteSubnetRequest, lenient bool) error {
	for {
		_, err := n.client.DeleteSubnet(ctx, request)
		if !isIncorrectState(err) {
			return err
		}
		if lenient {
			return nil
		}
		time.Sleep(10 * time.Second)
	}
}

// strictAfterwards is so when its attempts are used up.
func strictAfterwards(ctx context.Context, client core.VirtualNetworkClient, request core.DeleteSubnetRequest, strict bool) (err error) {
	for range 4 {
		if _, err = client.DeleteSubnet(ctx, request); !isIncorrectState(err) {
			return err
		}
		time.Sleep(10 * time.Second)
	}
	if strict {
		return err
	}
	return nil
}

// untilStopped ends with the program.
func untilStopped(ctx context.Context, client core.VirtualNetworkClient, request core.DeleteSubnetRequest) error {
	for {
		_, err := client.DeleteSubnet(ctx, request)
		if !isIncorrectState(err) {
			return err
		}
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(10 * time.Second):
		}
	}
}

// switchForEach leaves one subnet as it is, if the program was told to.
func switchForEach(ctx context.Context, client core.VirtualNetworkClient, requests []core.DeleteSubnetRequest, lenient bool) error {
	for i := 0; i < len(requests); i++ {
		for {
			_, err := client.DeleteSubnet(ctx, requests[i])
			if err == nil || lenient && isIncorrectState(err) {
				break
			}
			if !isIncorrectState(err) {
				return err
			}
			time.Sleep(10 * time.Second)
		}
	}
	return nil
}

// looksThen lists what is left.
func looksThen(ctx context.Context, client core.VirtualNetworkClient, request core.DeleteSubnetRequest, list core.ListSubnetsRequest) error {
	for n := 0; n < 4; n++ {
		if _, err := client.DeleteSubnet(ctx, request); !isIncorrectState(err) {
			return err
		}
		time.Sleep(10 * time.Second)
	}
	left, err := client.ListSubnets(ctx, list)
	if err != nil {
		return err
	}
	fmt.Println(len(left.Items), "subnets are left")
	return nil
}

// tellsThen answers another word.
func tellsThen(ctx context.Context, client core.VirtualNetworkClient, request core.DeleteSubnetRequest) (string, error) {
	for n := 0; n < 4; n++ {
		if _, err := client.DeleteSubnet(ctx, request); !isIncorrectState(err) {
			return "deleted", err
		}
		time.Sleep(10 * time.Second)
	}
	return "in use", nil
}

// stillReturned hands it back by the helper.
func stillReturned(ctx context.Context, client core.VirtualNetworkClient, request core.DeleteSubnetRequest) error {
	return untilQuiet(4, isIncorrectState, func() error {
		_, err := client.DeleteSubnet(ctx, request)
		return err
	})
}
