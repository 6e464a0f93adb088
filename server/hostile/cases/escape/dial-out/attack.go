package attack

import (
	"fmt"
	"net"
	"sync"
	"time"
)

// The checker listens on these on the host while the case runs: an honest sandbox cannot reach them.
const hostPort, hostAbstract = "HOST_PORT", "HOST_ABSTRACT_SOCKET"

func Breaches() []string {
	targets := [][2]string{
		{"tcp", "1.1.1.1:53"}, {"tcp", "8.8.8.8:443"}, {"tcp", "169.254.169.254:80"}, {"tcp", "[fd00:ec2::254]:80"},
		{"tcp", "127.0.0.1:" + hostPort}, {"tcp", "[::1]:" + hostPort}, {"tcp", "172.17.0.1:" + hostPort}, {"tcp", "10.0.2.2:" + hostPort},
		{"tcp", "192.168.0.1:" + hostPort}, {"tcp", "host.docker.internal:" + hostPort}, {"tcp", "gateway.docker.internal:80"},
		{"tcp", "172.17.0.1:22"}, {"tcp", "172.17.0.1:2375"}, {"tcp", "127.0.0.1:2375"}, {"tcp", "127.0.0.1:22"}, {"tcp", "127.0.0.1:8080"},
		{"unix", "/var/run/docker.sock"}, {"unix", "/run/dbus/system_bus_socket"}, {"unix", "@" + hostAbstract}, {"unix", "@/containerd-shim"},
	}
	for _, address := range hostAddresses {
		targets = append(targets, [2]string{"tcp", net.JoinHostPort(address, hostPort)})
	}
	var mu sync.Mutex
	var found []string
	var wg sync.WaitGroup
	for _, target := range targets {
		wg.Go(func() {
			conn, err := net.DialTimeout(target[0], target[1], 2*time.Second)
			if err == nil {
				conn.Close()
				mu.Lock()
				defer mu.Unlock()
				found = append(found, fmt.Sprint("connected to ", target))
			}
		})
	}
	wg.Wait()
	if conn, err := net.Dial("udp", "1.1.1.1:53"); err == nil {
		if _, err := conn.Write([]byte("a datagram that no route should take")); err == nil {
			found = append(found, "sent a datagram")
		}
	}
	if addresses, err := net.LookupHost("example.com"); err == nil {
		found = append(found, fmt.Sprint("resolved a name: ", addresses))
	}
	return found
}

// Addresses of the host's own interfaces, filled in by the checker.
var hostAddresses = []string{ /* HOST_ADDRESSES */ }
