package vendored

import "golang.org/x/net/dns/dnsmessage"

var _ dnsmessage.Parser
