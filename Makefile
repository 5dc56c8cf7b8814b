# What is run how. `make run` and `make test` need nothing but Go (1.26), make
# and a C compiler (for the race detector); README.md says what the others need.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

LISTEN ?= 127.0.0.1:8081
DB     ?= weir.db
SOAK   ?= 5m

.PHONY: help
help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.PHONY: build
build: ## Build bin/weir
	go build -o bin/weir ./cmd/weir

.PHONY: run
run: build ## Serve on 127.0.0.1:8081, data in weir.db
	exec ./bin/weir serve --listen $(LISTEN) --db $(DB)

.PHONY: test
test: ## Run all tests on SQLite and PostgreSQL, with the race detector
	go run ./cmd/testrun -race -count=1 -timeout 10m ./...

.PHONY: test-clients
test-clients: ## Run the serializers of other makers against weir and a Kafka broker
	clients/run

.PHONY: bench
bench: ## Measure weir beside its limits; bench.json has the table
	go run ./bench -json bench.json

.PHONY: soak
soak: ## Fuzz every parser for SOAK each (default 5m), laws with many more cases
	.ci/soak $(SOAK)

.PHONY: check
check: check-format check-vet check-lint check-generated check-vulnerabilities ## Check all that needs no running thing

.PHONY: check-format
check-format:
	@unformatted=$$(go tool gofumpt -l .); \
	if [ -n "$$unformatted" ]; then echo "not formatted (go tool gofumpt -w FILE):"; echo "$$unformatted"; exit 1; fi; \
	echo "gofumpt: ok"

.PHONY: check-vet
check-vet:
	@go vet ./... && echo "go vet: ok"

.PHONY: check-lint
check-lint:
	@go tool staticcheck ./... && echo "staticcheck: ok"

# What gqlgen makes of the GraphQL schemas is committed; here it is made again.
GENERATED = graphql/generated graphql/confluent/generated graphql/confluent/*.graphqls bench/static/generated

.PHONY: check-generated
check-generated:
	@before=$$(cat $$(find $(GENERATED) -type f | sort) | sha256sum); \
	go generate ./graphql ./graphql/confluent ./bench/static; \
	after=$$(cat $$(find $(GENERATED) -type f | sort) | sha256sum); \
	if [ "$$before" != "$$after" ]; then echo "was not as go generate makes it; now it is:"; git status --short graphql bench; exit 1; fi; \
	echo "generated: ok"

.PHONY: check-vulnerabilities
check-vulnerabilities:
	@.ci/vulnerabilities
