// Package search finds entities and fields by words: the index behind the
// searches of catalog-api.md sections 5 and 10. In come documents (one per
// entity, with its logical fields as members) and queries; out go ranked hits,
// exact totals, facet counts, corrections and suggestions. It is a leaf: it
// knows schema outlines and nothing else of ours, neither registry nor store
// nor HTTP. The catalog feeds it and asks it.
//
// # What is matched
//
// Names are split where the case changes, at digits and at punctuation, and
// lower-cased; a name written as one word is kept too, so that "customerid"
// finds customer_id. Descriptions, tags, terms and types are split in the same
// way. A document stands in the best tier that it reaches:
//
//  1. its name is the query
//  2. its name begins with the query
//  3. each word of the query is in its name or its paths
//  4. each word is there or in its description, tags, terms or type
//  5. as 3 and then 4 with words one letter off, then with words two off
//
// In a tier the documents with fewer further words in the name come first, then
// the more used, then by name. Words with a typo are tried only where fewer than
// three visible documents have the word as it is written: one letter off (a
// swap of two neighbours is one) for words of 4 to 7 letters, two from 8. A word
// that finds nothing at all is dropped and reported. What a caller may not see
// takes part in nothing: neither hits nor counts nor corrections.
//
// A query may ask for another order: by name, or by Ref for who pages by offset
// or wants every hit (Each).
//
// # How it is kept
//
// A reader takes the published snapshot, which never changes, and never waits.
// It is a list of segments, few large and few small. A segment holds each
// distinct text once (names repeat over subjects), a row of numbers for each
// document, for each text the list of documents that have it, and a
// hash table from words to texts. A name written as one word is not among the
// words: the names are sorted by their folds and searched for it. Entities come
// first, ordered by kind and id, then all members by entity: facets are counted
// by sweeping arrays. A query is a few bitmaps over the documents of a segment.
//
// What is loaded is numbered from the bytes of outlines (AddOutlineBinary); no
// text becomes a string that the index has already, and the words of a text are
// read once, however many documents have it.
//
// A change adds a small segment and marks what it replaces as dead in a copied
// bitmap; eight small segments of like size become one, at most 512 entities
// inside Apply. What is larger waits for Merge, which its owner calls when Due
// says so, beside readers and writers. Without Merge a segment stays for every
// 512 changed entities and each query visits it.
//
// Bounds: 2^31 documents and 4 GiB of distinct texts of one sort in a segment;
// the first 16 words of a query count; more than 63 further words in a name or
// more than 4,194,303 uses rank as that many; times are kept to the second, up
// to the year 2106.
package search
