package dek

import (
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
)

// Wrapper encrypts and decrypts keys with one key of a KMS.
type Wrapper interface {
	Encrypt(ctx context.Context, plain []byte) ([]byte, error)
	Decrypt(ctx context.Context, sealed []byte) ([]byte, error)
}

// Driver opens the keys of one type of KMS. The registry's drivers are keyed
// by the type's name in kmsType.
type Driver interface {
	// Open gives the wrapper of a KEK's key.
	Open(ctx context.Context, kek Kek) (Wrapper, error)
}

// LocalType is the kmsType of Local.
const LocalType = "local-kms"

// Local is the driver that Confluent's clients call local-kms: an AES-128-GCM
// key derived by HKDF-SHA256 from the KMS property "secret". It guards nothing
// that the database does not hold; it is for development.
type Local struct{}

// Open derives the key.
func (Local) Open(_ context.Context, kek Kek) (Wrapper, error) {
	secret := kek.KMSProps["secret"]
	if secret == nil {
		return nil, errors.New("cannot load secret")
	}
	key, err := hkdf.Key(sha256.New, []byte(*secret), nil, "", 16)
	if err != nil {
		return nil, err
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	gcm, err := cipher.NewGCM(block)
	return localKey{gcm}, err
}

// localKey is AES-GCM with the nonce in front and no associated data.
type localKey struct{ gcm cipher.AEAD }

func (k localKey) Encrypt(_ context.Context, plain []byte) ([]byte, error) {
	nonce := make([]byte, k.gcm.NonceSize(), k.gcm.NonceSize()+len(plain)+k.gcm.Overhead())
	rand.Read(nonce)
	return k.gcm.Seal(nonce, nonce, plain, nil), nil
}

func (k localKey) Decrypt(_ context.Context, sealed []byte) ([]byte, error) {
	if len(sealed) < k.gcm.NonceSize()+k.gcm.Overhead() {
		return nil, errors.New("ciphertext too short")
	}
	plain, err := k.gcm.Open(nil, sealed[:k.gcm.NonceSize()], sealed[k.gcm.NonceSize():], nil)
	if err != nil {
		//lint:ignore ST1005 the words that clients have seen
		return nil, errors.New("Tag mismatch!")
	}
	return plain, nil
}

// open gives the wrapper of a KEK, or why there is none.
func (r *Registry) open(ctx context.Context, kek Kek) (Wrapper, error) {
	driver, ok := r.options.Drivers[kek.KMSType]
	if !ok {
		//lint:ignore ST1005 the wire's words
		return nil, fmt.Errorf("No KMS driver supports: %s://%s", kek.KMSType, kek.KMSKeyID)
	}
	return driver.Open(ctx, kek)
}

// newKey makes the key of an algorithm: a key message of the Tink library, as
// the clients expect it, field 3 or 2 holding the bytes.
func newKey(a Algorithm) []byte {
	header, size := []byte{0x1a, 32}, 32
	switch a {
	case AES128GCM:
		header, size = []byte{0x1a, 16}, 16
	case AES256SIV:
		header, size = []byte{0x12, 64}, 64
	}
	key := make([]byte, size)
	rand.Read(key)
	return append(header, key...)
}

// generate makes a new key for the subject and encrypts it.
func (r *Registry) generate(ctx context.Context, kek Kek, subject string, a Algorithm) (sealed string, raw []byte, err error) {
	key := newKey(a)
	sealed, err = r.seal(ctx, kek, subject, key)
	return sealed, key, err
}

func (r *Registry) seal(ctx context.Context, kek Kek, subject string, key []byte) (string, error) {
	w, err := r.open(ctx, kek)
	if err != nil {
		return "", generation("encrypted", subject, err)
	}
	sealed, err := w.Encrypt(ctx, key)
	if err != nil {
		return "", generation("encrypted", subject, err)
	}
	return base64.StdEncoding.EncodeToString(sealed), nil
}

// unseal gives the key in the clear.
func (r *Registry) unseal(ctx context.Context, kek Kek, subject, material string) ([]byte, error) {
	sealed, err := base64.StdEncoding.DecodeString(material)
	if err != nil {
		return nil, invalid("encryptedKeyMaterial")
	}
	w, err := r.open(ctx, kek)
	if err != nil {
		return nil, generation("raw", subject, err)
	}
	raw, err := w.Decrypt(ctx, sealed)
	if err != nil {
		return nil, generation("raw", subject, err)
	}
	return raw, nil
}

// test tries the KMS of a KEK, as for a DEK of a subject that nobody has.
func (r *Registry) test(ctx context.Context, kek Kek) error {
	_, _, err := r.generate(ctx, kek, "__TEST", AES256GCM)
	return err
}
