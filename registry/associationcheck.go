package registry

import (
	"fmt"
	"unicode"
	"unicode/utf16"
)

// invalidAssociation is the refusal of a property (registry-api.md 16.3).
func invalidAssociation(property, format string, args ...any) error {
	return refuse(CodeInvalidAssociation, "The association specified an invalid value for property: '%s', detail: %s", property, fmt.Sprintf(format, args...))
}

// The two roles, and what a resource is today.
const (
	keyRole   = "key"
	valueRole = "value"
	topic     = "topic"
)

// resource is what a request is about, after its checks.
type resource struct {
	name, namespace, id string
}

// role is one entry of a request, after the checks that need no state.
type role struct {
	*AssociationBody
	name string
	// subject is the one that was given, by way of its alias; given says that
	// there was one.
	subject   Subject
	given     bool
	lifecycle string // as given, or what POST takes for it
	frozen    *bool
	// own is the default subject.
	own Subject
}

// defaultSubject is the subject that a STRONG association has.
func (r resource) defaultSubject(role string) Subject {
	return Subject{Context("." + r.namespace), r.name + "-" + role}
}

// checkResource goes through the properties of a request that name the
// resource.
func checkResource(req *AssociationRequest, dryRun bool) (resource, error) {
	for _, p := range []struct {
		property string
		value    *string
	}{{"resourceName", req.ResourceName}, {"resourceNamespace", req.ResourceNamespace}} {
		if err := checkResourceName(p.property, value(p.value, "")); err != nil {
			return resource{}, err
		}
	}
	if value(req.ResourceID, "") == "" && !dryRun {
		return resource{}, invalidAssociation("resourceId", "cannot be null or empty")
	}
	if t := value(req.ResourceType, ""); t != "" && t != topic {
		return resource{}, invalidAssociation("resourceType", "must be 'topic'")
	}
	if len(req.Associations) == 0 {
		return resource{}, invalidAssociation("associations", "cannot be null or empty")
	}
	return resource{*req.ResourceName, *req.ResourceNamespace, value(req.ResourceID, "")}, nil
}

func checkResourceName(property, name string) error {
	if name == "" {
		return invalidAssociation(property, "cannot be null or empty")
	}
	if len(utf16.Encode([]rune(name))) > 256 {
		return invalidAssociation(property, "exceeds max length of 256")
	}
	for _, c := range name {
		if !unicode.IsLetter(c) && !unicode.IsDigit(c) && c != '_' && c != '-' {
			return invalidAssociation(property, "illegal character '%c'", c)
		}
	}
	return nil
}

// checkRole goes through one entry, as far as that needs no state.
func (r *Registry) checkRole(in Context, res resource, b *AssociationBody, op AssociationOp) (*role, error) {
	if b == nil {
		return nil, invalidAssociation("associations", "cannot be null or empty")
	}
	x := &role{AssociationBody: b, lifecycle: value(b.Lifecycle, ""), frozen: b.Frozen, name: value(b.AssociationType, "")}
	if b.Subject != nil {
		if *b.Subject == "" || hasControl(*b.Subject) {
			return nil, invalidAssociation("subject", "must not be empty")
		}
		x.subject, x.given = r.AliasOf(resolveSubject(in, *b.Subject), false), true
	}
	if op == CreateOp {
		if err := x.checkCreated(); err != nil {
			return nil, err
		}
	}
	if x.name == "" {
		x.name = valueRole
	}
	if x.name != keyRole && x.name != valueRole {
		return nil, invalidAssociation("associationType", "must be either 'key' or 'value'")
	}
	x.own = res.defaultSubject(x.name)
	switch op {
	case UpsertOp:
		if x.lifecycle == Weak && value(x.frozen, false) {
			return nil, invalidAssociation("frozen", "association with lifecycle of WEAK cannot be frozen")
		}
		if x.lifecycle == Weak && x.Schema != nil {
			return nil, invalidAssociation("lifecycle", "cannot be WEAK when schema is provided")
		}
	case CreateOp:
		if err := x.takeSubject(); err != nil {
			return nil, err
		}
	}
	return x, nil
}

func hasControl(s string) bool {
	for _, c := range s {
		if control(c) {
			return true
		}
	}
	return false
}

// checkCreated settles the lifecycle of a POST: a schema makes it STRONG.
func (x *role) checkCreated() error {
	if x.Schema != nil {
		if x.lifecycle == Weak {
			return invalidAssociation("lifecycle", "cannot be WEAK when schema is provided")
		}
		if x.frozen != nil && !*x.frozen {
			return invalidAssociation("frozen", "cannot be false when a schema is provided")
		}
		x.lifecycle = Strong
	}
	if x.lifecycle == "" {
		x.lifecycle = Weak
	}
	return x.checkFrozen()
}

// checkFrozen compares frozen with the lifecycle.
func (x *role) checkFrozen() error {
	if frozen := value(x.frozen, frozenByDefault(x.lifecycle)); frozen != frozenByDefault(x.lifecycle) {
		return invalidAssociation("frozen", "association with lifecycle of %s cannot be frozen=%t", x.lifecycle, frozen)
	}
	return nil
}

// takeSubject settles the subject of a new association: STRONG has its
// default subject, WEAK another one that was given.
func (x *role) takeSubject() error {
	switch {
	case x.lifecycle == Weak && !x.given:
		return invalidAssociation("subject", "must be provided for WEAK associations")
	case x.lifecycle == Weak && x.subject == x.own:
		return invalidAssociation("subject", "WEAK associations cannot use subject '%s'", x.own)
	case x.lifecycle == Strong && x.given && x.subject != x.own:
		return invalidAssociation("subject", "frozen associations must use subject '%s'", x.own)
	case x.lifecycle == Strong:
		x.subject = x.own
	}
	return nil
}

// checkOnce refuses a role that appears twice in a request.
func checkOnce(roles []*role) error {
	seen := map[string]bool{}
	for _, x := range roles {
		if seen[x.name] {
			return invalidAssociation("associationType", "may only appear once per request, but '%s' appears more than once", x.name)
		}
		seen[x.name] = true
	}
	return nil
}

// checkWritable refuses to touch a subject in READONLY. Here the default
// context is called by its name (registry-api.md 16.4).
func (s *Snapshot) checkWritable(subject Subject) error {
	if s.modeOf(subject).writable() {
		return nil
	}
	return notPermitted("Subject %s in context %s is in read-only mode", subject, subject.Context)
}
