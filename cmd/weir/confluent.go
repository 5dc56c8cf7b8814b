package main

import (
	"fmt"
	"log/slog"
	"os"
	"strings"
)

// readConfluentProperties applies a properties file of Confluent's server
// (wire/registry-api.md 23). What is honoured is applied; what has an effect
// there and none here is named in one warning, what nobody knows in another,
// and the rest counted in one line. A value that does not parse is an error,
// as it is there.
func readConfluentProperties(file string, s *settings, logger *slog.Logger) error {
	data, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	properties, err := parseProperties(data)
	if err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	report, err := applyProperties(properties, s)
	if err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	if len(report.ignored) > 0 {
		logger.Warn("properties that change what Confluent's server answers are not honoured", "file", file, "names", strings.Join(report.ignored, " "))
	}
	if len(report.unknown) > 0 {
		logger.Warn("properties that are not known", "file", file, "names", strings.Join(report.unknown, " "))
	}
	logger.Info("properties read", "file", file, "honoured", report.honoured, "without_effect", report.without)
	return nil
}

// propertyReport says what became of the properties of a file.
type propertyReport struct {
	honoured, without int
	ignored, unknown  []string
}

// applyProperties applies the properties in their order.
func applyProperties(properties []property, s *settings) (propertyReport, error) {
	var report propertyReport
	for _, p := range properties {
		rule, ok := ruleOf(p.name)
		switch {
		case !ok:
			report.unknown = append(report.unknown, p.name)
			continue
		case rule.set == nil && rule.warn:
			report.ignored = append(report.ignored, p.name)
			continue
		case rule.set == nil:
			report.without++
			continue
		}
		honoured, err := rule.set(s, strings.TrimSpace(p.value))
		if err != nil {
			return report, fmt.Errorf("invalid value %q for property %s: %w", p.value, p.name, err)
		}
		if honoured {
			report.honoured++
		} else {
			report.ignored = append(report.ignored, p.name)
		}
	}
	return report, s.settle()
}

// settle works out what hangs on more than one property.
func (s *settings) settle() error {
	if s.olderLevel != "" {
		if _, err := setLevel(s, s.olderLevel); err != nil {
			return err
		}
	}
	if s.sizeFilter {
		s.rest.MaxBodyBytes = s.sizeLimit
	}
	s.rest.AssociationsEnabled = s.registry.AssociationsEnabled
	return nil
}

// ruleOf finds what becomes of a property: by its name, or by the front of it.
func ruleOf(name string) (propertyRule, bool) {
	for _, rule := range propertyRules {
		if rule.name == name || strings.HasSuffix(rule.name, "*") && strings.HasPrefix(name, strings.TrimSuffix(rule.name, "*")) {
			return rule, true
		}
	}
	return propertyRule{}, false
}
