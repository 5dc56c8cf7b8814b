package confluent

import (
	"strconv"
	"strings"

	"github.com/weir-registry/weir/registry"
)

// Name is a qualified name taken apart. Which members count depends on Type:
//
//	sr_schema              Context, ID
//	sr_record, sr_field    Context, ID, Path
//	sr_subject_version     Context, Subject, Version
//	kafka_topic            Cluster, Topic
//	kafka_logical_cluster  Cluster
//	cf_environment         Environment
//	cn_connector           Cluster (the Connect cluster), Connector
type Name struct {
	Type    Type
	Context registry.Context
	ID      int32
	// Path leads to a record or field: the entity path of catalog-api.md
	// section 9, which is the canonical one, or, where a caller wrote that, the
	// runtime name.
	Path        string
	Subject     string
	Version     int32
	Cluster     string
	Topic       string
	Environment string
	Connector   string
}

// Names reads and writes the qualified names of one weir.
type Names struct {
	// Registry is R of catalog-api.md section 6, the registry's cluster id.
	Registry string
	// Cluster gives the Kafka cluster that a context is bound to.
	Cluster func(registry.Context) string
}

// Environment is the id of the one environment that a weir is: its cluster id
// with the mark of environments.
func (n Names) Environment() string {
	return "env-" + strings.TrimPrefix(n.Registry, "lsrc-")
}

// Parse reads a qualified name of a type in any of its spellings
// (catalog-api.md section 6). It fails with a *TypeError or a *NameError; that
// there is such an entity it does not say.
//
//	sr_schema              R:ctx:id | id
//	sr_record, sr_field    R:ctx:id:path
//	sr_subject_version     R:ctx:subject:version      the subject may hold ":"
//	kafka_topic            R:K:topic | K:topic | R:topic | R:ctx:topic
//	kafka_logical_cluster  K
//	cf_environment         the environment's id
//	cn_connector           R:cluster:connector
func (n Names) Parse(t Type, text string) (Name, error) {
	name, ok := Name{Type: t}, false
	inside, ours := strings.CutPrefix(text, n.Registry+":")
	switch t {
	case Schema:
		if !ours {
			name.Context, inside, ok = registry.DefaultContext, text, true
		} else {
			name.Context, inside, ok = cutContext(inside)
		}
		ok = ok && parseNumber(inside, &name.ID)
	case Record, Field:
		var id string
		if name.Context, inside, ok = cutContext(inside); ok {
			id, name.Path, ok = strings.Cut(inside, ":")
		}
		ok = ok && ours && parseNumber(id, &name.ID) && name.Path != ""
	case SubjectVersion:
		if name.Context, inside, ok = cutContext(inside); ok && ours {
			at := strings.LastIndexByte(inside, ':')
			ok = at > 0 && parseNumber(inside[at+1:], &name.Version)
			name.Subject = inside[:max(at, 0)]
		}
		ok = ok && ours
	case Topic:
		name.Cluster, name.Topic, ok = n.parseTopic(text, inside, ours)
	case Cluster:
		name.Cluster, ok = text, text != "" && !strings.Contains(text, ":")
	case Environment:
		name.Environment, ok = text, text != ""
	case Connector:
		name.Cluster, name.Connector, ok = strings.Cut(inside, ":")
		ok = ok && ours && name.Cluster != "" && name.Connector != ""
	default:
		return Name{}, &TypeError{t}
	}
	if !ok {
		return Name{}, &NameError{t, text}
	}
	return name, nil
}

// parseTopic reads the four spellings of a topic. Names of topics have no ":",
// so the last part is the topic and what stands before it says where.
func (n Names) parseTopic(text, inside string, ours bool) (cluster, topic string, ok bool) {
	if !ours {
		inside = text
	}
	cluster, topic, ok = strings.Cut(inside, ":")
	switch {
	case !ok && ours:
		cluster, topic, ok = n.Cluster(registry.DefaultContext), inside, true
	case ok && ours && strings.HasPrefix(cluster, "."):
		cluster = n.Cluster(registry.Context(cluster))
	}
	return cluster, topic, ok && cluster != "" && topic != ""
}

// cutContext takes "ctx:" off the front; a context is "." or ".name".
func cutContext(text string) (in registry.Context, after string, ok bool) {
	name, after, ok := strings.Cut(text, ":")
	return registry.Context(name), after, ok && strings.HasPrefix(name, ".")
}

// parseNumber reads an id or a version: a positive number of 32 bits without
// leading zeros or signs, so that a number has one spelling.
func parseNumber(text string, to *int32) bool {
	v, err := strconv.ParseInt(text, 10, 32)
	*to = int32(v)
	return err == nil && v > 0 && strconv.FormatInt(v, 10) == text
}

// Format gives the canonical qualified name.
func (n Names) Format(name Name) string {
	switch name.Type {
	case Schema:
		return n.inContext(name.Context) + itoa(name.ID)
	case Record, Field:
		return n.inContext(name.Context) + itoa(name.ID) + ":" + name.Path
	case SubjectVersion:
		return n.inContext(name.Context) + name.Subject + ":" + itoa(name.Version)
	case Topic:
		return n.Registry + ":" + name.Cluster + ":" + name.Topic
	case Cluster:
		return name.Cluster
	case Environment:
		return name.Environment
	case Connector:
		return n.Registry + ":" + name.Cluster + ":" + name.Connector
	}
	return ""
}

func (n Names) inContext(in registry.Context) string { return n.Registry + ":" + string(in) + ":" }

func itoa(n int32) string { return strconv.FormatInt(int64(n), 10) }
