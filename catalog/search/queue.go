package search

// queue are names and descriptions of members that wait for their numbers,
// which are cheaper by the dozen. The rows stand among the members already.
type queue struct {
	names        [][]byte
	named        []queuedName
	descriptions [][]byte
	described    []uint32 // the rows that have them
}

// queuedName is a member that gets a name.
type queuedName struct {
	row    uint32
	tailOf uint32      // the path of which the name is the last part, 0 for none
	slot   *recentText // where to note the number, nil for nowhere
}

const inQueue = 64

// queueName has the last member get its name.
func (b *Builder) queueName(name []byte, n queuedName) {
	q := &b.queue
	if len(q.named) == inQueue {
		b.Flush()
	}
	n.row = b.members.n - 1
	q.names, q.named = append(q.names, name), append(q.named, n)
}

// queueDescription has the last member get its description.
func (b *Builder) queueDescription(description []byte) {
	q := &b.queue
	if len(q.described) == inQueue {
		b.Flush()
	}
	q.descriptions, q.described = append(q.descriptions, description), append(q.described, b.members.n-1)
}

// Flush numbers what is queued: outlines that were given before may change then.
func (b *Builder) Flush() {
	q := &b.queue
	for i, id := range b.names.ids(q.names) {
		n := &q.named[i]
		b.members.at(n.row).name = id
		if n.tailOf > 0 {
			b.tails[n.tailOf] = id
		}
		if n.slot != nil {
			n.slot.note(q.names[i], id)
		}
	}
	for i, id := range b.descriptions.ids(q.descriptions) {
		b.members.at(q.described[i]).description = id
	}
	q.names, q.named = q.names[:0], q.named[:0]
	q.descriptions, q.described = q.descriptions[:0], q.described[:0]
}
