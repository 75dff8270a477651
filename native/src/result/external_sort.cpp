#include "result/external_sort.h"

#include <algorithm>
#include <cassert>
#include <cstring>
#include <utility>

namespace mydba::result {
namespace {

constexpr std::size_t maxMergeWidth = 64;
constexpr std::size_t mergeWindow = 2 * maxSortKeyBytes;  // of the buffer, for each run
constexpr std::size_t writeBytes = 128 * 1024;
constexpr std::size_t recordHead = 14;  // prefix, row, length of the tail
constexpr std::uint32_t noTail = UINT32_MAX;

std::uint64_t prefixOf(std::string_view key) {
  std::uint64_t prefix = 0;
  for (std::size_t i = 0; i < 8; ++i)
    prefix = prefix << 8U | (i < key.size() ? static_cast<unsigned char>(key[i]) : 0U);
  return prefix;
}

}  // namespace

/// Writes records behind the end of the file.
class ExternalSort::RunWriter {
 public:
  RunWriter(const TemporaryFile& file, std::uint64_t offset) : file_(file), end_(offset) {
    buffer_.reserve(writeBytes);
  }

  Result<void> add(std::uint64_t prefix, std::uint32_t row, std::string_view tail) {
    if (buffer_.size() + recordHead + tail.size() > writeBytes) {
      auto flushed = flush();
      if (!flushed) return flushed;
    }
    char head[recordHead];
    const auto size = static_cast<std::uint16_t>(tail.size());
    std::memcpy(head, &prefix, 8);
    std::memcpy(head + 8, &row, 4);
    std::memcpy(head + 12, &size, 2);
    buffer_.append(head, sizeof head).append(tail);
    return {};
  }

  Result<void> flush() {
    const auto written = file_.write(end_, buffer_);
    if (!written) return written.error();
    if (!*written)
      return Error{.code = ErrorCode::io,
                   .message = "no space is left for temporary files",
                   .hint = "set TMPDIR to a folder on a larger disk"};
    end_ += buffer_.size();
    buffer_.clear();
    return {};
  }

  std::uint64_t end() const { return end_; }

 private:
  const TemporaryFile& file_;
  std::uint64_t end_;
  std::string buffer_;
};

/// Reads the records of a run through a window of the sort's buffer.
class ExternalSort::RunReader {
 public:
  RunReader(const TemporaryFile& file, Run run, char* window, std::size_t size)
      : file_(&file), run_(run), window_(window), size_(size) {}

  /// False at the end of the run.
  Result<bool> next() {
    if (left_ < recordHead || left_ < recordHead + tailSize()) {
      const auto filled = fill();
      if (!filled) return filled.error();
      if (left_ == 0) return false;
    }
    std::memcpy(&prefix, at_, 8);
    std::memcpy(&row, at_ + 8, 4);
    tail = {at_ + recordHead, tailSize()};
    at_ += recordHead + tail.size();
    left_ -= recordHead + tail.size();
    return true;
  }

  bool before(const RunReader& other) const {
    if (prefix != other.prefix) return prefix < other.prefix;
    const int order = tail.compare(other.tail);
    return order != 0 ? order < 0 : row < other.row;
  }

  std::uint64_t prefix = 0;
  std::uint32_t row = 0;
  std::string_view tail;

 private:
  std::size_t tailSize() const {
    std::uint16_t size = 0;
    std::memcpy(&size, at_ + 12, 2);
    return size;
  }

  Result<void> fill() {
    if (left_ > 0) std::memmove(window_, at_, left_);
    at_ = window_;
    const std::size_t more =
        static_cast<std::size_t>(std::min<std::uint64_t>(size_ - left_, run_.end - run_.begin));
    const auto read = file_->read(run_.begin, window_ + left_, more);
    run_.begin += more;
    left_ += more;
    return read;
  }

  const TemporaryFile* file_;
  Run run_;
  char* window_;
  std::size_t size_;
  const char* at_ = nullptr;
  std::size_t left_ = 0;
};

Result<ExternalSort> ExternalSort::create(const std::string& directory, std::size_t memory) {
  assert(memory >= (1U << 20U));
  auto file = TemporaryFile::create(directory);
  if (!file) return file.error();
  return ExternalSort(std::move(*file), memory);
}

ExternalSort::ExternalSort(TemporaryFile file, std::size_t memory)
    : file_(std::move(file)),
      memory_(memory / sizeof(Entry) * sizeof(Entry)),
      buffer_(std::make_unique_for_overwrite<Entry[]>(memory / sizeof(Entry))) {}

ExternalSort::Entry* ExternalSort::entries() const {
  return buffer_.get() + memory_ / sizeof(Entry) - entryCount_;
}

std::string_view ExternalSort::tailOf(const Entry& entry) const {
  if (entry.tail == noTail) return {};
  const char* at = reinterpret_cast<const char*>(buffer_.get()) + entry.tail;
  std::uint16_t size = 0;
  std::memcpy(&size, at, sizeof size);
  return {at + sizeof size, size};
}

Result<void> ExternalSort::add(std::string_view key, std::uint32_t row) {
  assert(key.size() <= maxSortKeyBytes);
  const std::string_view tail = key.substr(std::min<std::size_t>(8, key.size()));
  const std::size_t tailBytes = tail.empty() ? 0 : 2 + tail.size();
  if (tailBytes_ + tailBytes + (entryCount_ + 1) * sizeof(Entry) > memory_) {
    auto spilled = spillBuffer();
    if (!spilled) return spilled;
  }
  Entry entry{prefixOf(key), noTail, row};
  if (!tail.empty()) {
    char* at = reinterpret_cast<char*>(buffer_.get()) + tailBytes_;
    const auto size = static_cast<std::uint16_t>(tail.size());
    std::memcpy(at, &size, sizeof size);
    std::memcpy(at + sizeof size, tail.data(), tail.size());
    entry.tail = static_cast<std::uint32_t>(tailBytes_);
    tailBytes_ += tailBytes;
  }
  ++entryCount_;
  *entries() = entry;
  return {};
}

void ExternalSort::sortBuffer() {
  std::sort(entries(), entries() + entryCount_, [this](const Entry& a, const Entry& b) {
    if (a.prefix != b.prefix) return a.prefix < b.prefix;
    if (a.tail != noTail && b.tail != noTail) {
      const int order = tailOf(a).compare(tailOf(b));
      if (order != 0) return order < 0;
    }
    return a.row < b.row;
  });
}

Result<void> ExternalSort::spillBuffer() {
  sortBuffer();
  RunWriter writer(file_, fileEnd_);
  for (const Entry* entry = entries(); entry != entries() + entryCount_; ++entry) {
    auto added = writer.add(entry->prefix, entry->row, tailOf(*entry));
    if (!added) return added;
  }
  auto flushed = writer.flush();
  if (!flushed) return flushed;
  runs_.push_back({fileEnd_, writer.end()});
  fileEnd_ = writer.end();
  entryCount_ = 0;
  tailBytes_ = 0;
  return {};
}

template <typename Sink>
Result<void> ExternalSort::merge(std::size_t firstRun, std::size_t count, const CancelToken& cancel,
                                 Sink sink) {
  std::vector<RunReader> readers;
  std::vector<std::size_t> heap;
  readers.reserve(count);
  const std::size_t window = memory_ / count;
  for (std::size_t i = 0; i < count; ++i) {
    char* buffer = reinterpret_cast<char*>(buffer_.get()) + i * window;
    readers.emplace_back(file_, runs_[firstRun + i], buffer, window);
    const auto more = readers.back().next();
    if (!more) return more.error();
    heap.push_back(i);
  }
  const auto after = [&](std::size_t a, std::size_t b) { return readers[b].before(readers[a]); };
  std::make_heap(heap.begin(), heap.end(), after);
  for (std::uint64_t merged = 0; !heap.empty(); ++merged) {
    if (merged % 65536 == 0 && cancel.cancelled()) return cancel.error();
    std::pop_heap(heap.begin(), heap.end(), after);
    RunReader& smallest = readers[heap.back()];
    auto taken = sink(smallest);
    if (!taken) return taken;
    const auto more = smallest.next();
    if (!more) return more.error();
    if (*more)
      std::push_heap(heap.begin(), heap.end(), after);
    else
      heap.pop_back();
  }
  return {};
}

Result<void> ExternalSort::finish(const CancelToken& cancel,
                                  const std::function<Result<void>(std::uint32_t row)>& sink) {
  if (runs_.empty()) {
    sortBuffer();
    for (const Entry* entry = entries(); entry != entries() + entryCount_; ++entry) {
      auto taken = sink(entry->row);
      if (!taken) return taken;
    }
    return {};
  }
  auto spilled = spillBuffer();
  if (!spilled) return spilled;
  const std::size_t width = std::min(maxMergeWidth, memory_ / mergeWindow);
  while (runs_.size() > width) {
    RunWriter writer(file_, fileEnd_);
    auto merged = merge(0, width, cancel, [&](const RunReader& record) {
      return writer.add(record.prefix, record.row, record.tail);
    });
    if (merged) merged = writer.flush();
    if (!merged) return merged;
    runs_.erase(runs_.begin(), runs_.begin() + static_cast<std::ptrdiff_t>(width));
    runs_.push_back({fileEnd_, writer.end()});
    fileEnd_ = writer.end();
  }
  return merge(0, runs_.size(), cancel, [&](const RunReader& record) { return sink(record.row); });
}

}  // namespace mydba::result
