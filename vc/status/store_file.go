package status

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"

	"github.com/laurel-edu/laurel/vc"
)

// FileStore is a [Store] in one file, for an issuer that runs as one process and has no
// database. Every change is written as a whole new file in place of the old one, so that
// the file is never half a state; changes that come while one is being written are
// written together. Make it with [OpenFileStore].
type FileStore struct {
	path   string
	memory MemoryStore

	mu      sync.Mutex // guards what follows; not held while a file is written
	written *sync.Cond
	writing bool
	changes int // made in memory
	saved   int // of those, in the file
	failed  int // of those, in a file that could not be written, with why
	why     error
	file    fs.FileInfo // as it was last read or written, nil for none
}

// ErrForeignWrite is the error of a [FileStore] whose file somebody else has changed:
// another process, or somebody who put a backup in its place. Nothing is written over it.
// Open the store anew.
var ErrForeignWrite = errors.New("status: somebody else has written the file of the status lists")

// maxStoreFile is the longest file that is read: what 100 million credentials need.
const maxStoreFile = 64 << 20

// OpenFileStore reads the file at a path, or begins with none where there is none. The
// folder must exist. The error is that of the file, or one of its content.
func OpenFileStore(path string) (*FileStore, error) {
	s := &FileStore{path: path}
	s.written = sync.NewCond(&s.mu)
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		if _, err := os.Stat(filepath.Dir(path)); err != nil {
			return nil, fmt.Errorf("status: opening the store: %w", err)
		}
		return s, nil
	}
	if err != nil {
		return nil, fmt.Errorf("status: opening the store: %w", err)
	}
	if info.Size() > maxStoreFile {
		return nil, fmt.Errorf("status: the store %s is longer than %d bytes", path, maxStoreFile)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("status: opening the store: %w", err)
	}
	s.file = info
	if err := s.memory.read(text); err != nil {
		return nil, fmt.Errorf("status: the store %s: %w", path, err)
	}
	return s, nil
}

// Take implements [Store].
func (s *FileStore) Take(ctx context.Context, list string, index int) (bool, error) {
	free, err := s.memory.Take(ctx, list, index)
	if err != nil || !free {
		return false, err
	}
	// Where the write fails the index stays taken: an index lost is no harm.
	return true, s.save(ctx)
}

// Set implements [Store].
func (s *FileStore) Set(ctx context.Context, list string, index int, value uint64) error {
	// Where the write fails the value stays: the next write tries it once more.
	if err := s.memory.Set(ctx, list, index, value); err != nil {
		return err
	}
	return s.save(ctx)
}

// Load implements [Store].
func (s *FileStore) Load(ctx context.Context, list string) (Kept, error) {
	return s.memory.Load(ctx, list)
}

// save returns when a file that holds the caller's change is written. The first who comes
// writes for all who have come until then; whoever comes meanwhile waits for the next.
func (s *FileStore) save(ctx context.Context) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.changes++
	mine := s.changes
	for s.saved < mine && s.failed < mine {
		if s.writing {
			s.written.Wait()
			continue
		}
		s.writing = true
		with, file := s.changes, s.file
		s.mu.Unlock()
		file, err := s.write(file)
		s.mu.Lock()
		s.writing = false
		if err != nil {
			s.failed, s.why = with, err
		} else {
			s.saved, s.file = with, file
		}
		s.written.Broadcast()
	}
	if s.saved >= mine {
		return nil
	}
	return s.why
}

// write puts the lists into a new file and that in place of the one that is there, which
// must be the one that was last seen.
func (s *FileStore) write(last fs.FileInfo) (fs.FileInfo, error) {
	text, err := s.memory.text()
	if err != nil {
		return last, err
	}
	f, err := os.CreateTemp(filepath.Dir(s.path), filepath.Base(s.path)+".*")
	if err != nil {
		return last, fmt.Errorf("status: writing the store: %w", err)
	}
	defer os.Remove(f.Name()) // which is gone where all went well
	_, err = f.Write(text)
	if err == nil {
		err = f.Sync()
	}
	info, statErr := f.Stat()
	if err = errors.Join(err, statErr, f.Close()); err != nil {
		return last, fmt.Errorf("status: writing the store: %w", err)
	}
	if err := s.untouched(last); err != nil {
		return last, err
	}
	if err := os.Rename(f.Name(), s.path); err != nil {
		return last, fmt.Errorf("status: writing the store: %w", err)
	}
	syncFolder(filepath.Dir(s.path))
	return info, nil
}

// untouched says whether the file is the one that was last seen: each write makes
// another file.
func (s *FileStore) untouched(last fs.FileInfo) error {
	now, err := os.Stat(s.path)
	switch {
	case errors.Is(err, fs.ErrNotExist) && last == nil:
		return nil
	case err != nil:
		return fmt.Errorf("%w: %w", ErrForeignWrite, err)
	case last == nil || !os.SameFile(last, now) || last.Size() != now.Size() || !last.ModTime().Equal(now.ModTime()):
		return fmt.Errorf("%w: %s", ErrForeignWrite, s.path)
	}
	return nil
}

// syncFolder makes a rename outlast a loss of power, where the system can.
func syncFolder(path string) {
	d, err := os.Open(path)
	if err != nil {
		return // as on Windows; the rename is done
	}
	defer d.Close()
	_ = d.Sync() // which not every file system has
}

// storeText is the file: by list the taken indexes as bits in base64, and the values.
type storeText struct {
	Lists map[string]listText `json:"lists"`
}

type listText struct {
	Taken  string         `json:"taken"`
	Values map[int]uint64 `json:"values"`
}

func (m *MemoryStore) text() ([]byte, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	all := storeText{map[string]listText{}}
	for name, l := range m.lists {
		all.Lists[name] = listText{base64.RawURLEncoding.EncodeToString(l.taken), l.values}
	}
	text, err := vc.Marshal(all)
	if err != nil {
		return nil, fmt.Errorf("status: writing the store: %w", err)
	}
	return text, nil
}

// read takes what text wrote.
func (m *MemoryStore) read(text []byte) error {
	var all storeText
	if err := vc.Unmarshal(text, &all); err != nil {
		return err
	}
	if all.Lists == nil {
		return errors.New("it has no lists")
	}
	for name, l := range all.Lists {
		taken, err := base64.RawURLEncoding.DecodeString(l.Taken)
		if err != nil {
			return fmt.Errorf("list %s: %w", vc.Quote(name), err)
		}
		kept := m.list(name)
		kept.taken = taken
		for index, value := range l.Values {
			if index < 0 || index >= defaultMaxListBytes*8 {
				return fmt.Errorf("list %s: no list has an index %d", vc.Quote(name), index)
			}
			kept.set(index, value)
		}
	}
	return nil
}
