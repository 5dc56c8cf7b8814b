package rest

import (
	"strconv"
	"sync/atomic"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// metrics are what this package counts.
type metrics struct {
	requests *prometheus.CounterVec
	seconds  *prometheus.HistogramVec
	inFlight prometheus.Gauge
	// unknown counts what has no operation: unknown paths and methods.
	unknown *counters
	shown   prometheus.Gatherer
}

func newMetrics(registry *prometheus.Registry) *metrics {
	m := &metrics{
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "weir_http_requests_total",
			Help: "Requests by method, route and status.",
		}, []string{"method", "route", "status"}),
		seconds: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name:    "weir_http_request_seconds",
			Help:    "Time from the first look at a request to its answer, by method and route.",
			Buckets: []float64{.00005, .0001, .00025, .0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10},
		}, []string{"method", "route"}),
		inFlight: prometheus.NewGauge(prometheus.GaugeOpts{
			Name: "weir_http_requests_in_flight",
			Help: "Requests that are being answered.",
		}),
		shown: registry,
	}
	registry.MustRegister(m.requests, m.seconds, m.inFlight)
	m.unknown = m.of("", "")
	return m
}

// of gives the counters of an operation, looked up once so that a request
// costs atomic additions only.
func (m *metrics) of(method, pattern string) *counters {
	return &counters{method: method, pattern: pattern, requests: m.requests, seconds: m.seconds.WithLabelValues(method, pattern)}
}

// counters are those of one operation.
type counters struct {
	method, pattern string
	requests        *prometheus.CounterVec
	seconds         prometheus.Observer
	byStatus        [600]atomic.Pointer[prometheus.Counter]
}

func (n *counters) observe(status int, took time.Duration) {
	if status < 0 || status >= len(n.byStatus) {
		status = 0
	}
	counter := n.byStatus[status].Load()
	if counter == nil {
		c := n.requests.WithLabelValues(n.method, n.pattern, strconv.Itoa(status))
		counter = &c
		n.byStatus[status].Store(counter)
	}
	(*counter).Inc()
	n.seconds.Observe(took.Seconds())
}

// text is GET /metrics, weir's own.
func (m *metrics) text() endpoint { return pass(promhttp.HandlerFor(m.shown, promhttp.HandlerOpts{})) }
