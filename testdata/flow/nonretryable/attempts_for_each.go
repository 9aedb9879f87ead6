package nonretryable

import (
	"context"
	"log"
	"time"

	"github.com/oracle/oci-go-sdk/v65/common"
	"github.com/oracle/oci-go-sdk/v65/core"
)

// Attempts for each of several items stand in a loop of their own, and its ways out are what the outcome decides.

func deleteRequest(id string) core.DeleteVolumeRequest {
	return core.DeleteVolumeRequest{VolumeId: common.String(id)}
}

// leavesOnSuccess goes on with the next one, whatever became of this one.
func leavesOnSuccess(ctx context.Context, client core.BlockstorageClient, ids []string) {
	for _, id := range ids {
		for attempt := 0; attempt < 3; attempt++ {
			_, err := client.DeleteVolume(ctx, deleteRequest(id)) // want "nonretryable: "
			if err == nil {
				break
			}
			log.Print(err)
			time.Sleep(time.Second)
		}
	}
}

// continuesOutside leaves the inner loop by the outer one's label.
func continuesOutside(ctx context.Context, client core.BlockstorageClient, ids []string) {
next:
	for _, id := range ids {
		for attempt := 0; attempt < 3; attempt++ {
			if _, err := client.DeleteVolume(ctx, deleteRequest(id)); err == nil { // want "nonretryable: "
				continue next
			}
			time.Sleep(time.Second)
		}
		log.Printf("%s is left", id)
	}
}

// collects what is left of the last attempt.
func collects(ctx context.Context, client core.BlockstorageClient, ids []string) (failures []error) {
	for _, id := range ids {
		var err error
		for attempt := 0; attempt < 3; attempt++ {
			if _, err = client.DeleteVolume(ctx, deleteRequest(id)); err == nil { // want "nonretryable: "
				break
			}
			time.Sleep(time.Second)
		}
		if err != nil {
			failures = append(failures, err)
		}
	}
	return failures
}

// threeDeep has compartments around it, and a refresh that never ends around these.
func threeDeep(ctx context.Context, client core.BlockstorageClient, compartments [][]string) {
	for range time.Tick(time.Hour) {
		for _, ids := range compartments {
			for _, id := range ids {
				for {
					if _, err := client.DeleteVolume(ctx, deleteRequest(id)); err == nil { // want "nonretryable: "
						break
					}
					time.Sleep(time.Second)
				}
			}
		}
	}
}

// The near misses.

// alwaysThrice sends to each three times, whatever comes.
func alwaysThrice(ctx context.Context, client core.BlockstorageClient, ids []string) {
	for _, id := range ids {
		for range 3 {
			if _, err := client.DeleteVolume(ctx, deleteRequest(id)); err != nil {
				log.Print(err)
			}
			time.Sleep(time.Second)
		}
	}
}

// oncePerItem has its attempts elsewhere: the inner loop goes over items too.
func oncePerItem(ctx context.Context, client core.BlockstorageClient, compartments [][]string) {
	for _, ids := range compartments {
		for _, id := range ids {
			if _, err := client.DeleteVolume(ctx, deleteRequest(id)); err != nil {
				log.Print(err)
				continue
			}
			time.Sleep(time.Second)
		}
	}
}

// firstThatWorks stops at the first item of each group that can be deleted.
func firstThatWorks(ctx context.Context, client core.BlockstorageClient, groups [][]string) {
	for _, ids := range groups {
		for _, id := range ids {
			if _, err := client.DeleteVolume(ctx, deleteRequest(id)); err == nil {
				break
			}
			time.Sleep(time.Second)
		}
	}
}

// periodic refreshes each of them for ever; the inner loop waits for the next tick.
func periodic(ctx context.Context, client core.BlockstorageClient, id string, ticks []<-chan time.Time) {
	for {
		for _, tick := range ticks {
			<-tick
			if _, err := client.DeleteVolume(ctx, deleteRequest(id)); err != nil {
				log.Print(err)
			}
		}
	}
}

// throttledOnly repeats what the catalog says to repeat.
func throttledOnly(ctx context.Context, client core.BlockstorageClient, ids []string) {
	for _, id := range ids {
		for attempt := 0; attempt < 3; attempt++ {
			_, err := client.DeleteVolume(ctx, deleteRequest(id))
			if !common.IsErrorRetryableByDefault(err) {
				break
			}
			time.Sleep(time.Second)
		}
	}
}
