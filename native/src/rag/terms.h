#pragma once

// What a text is searched by. A term is a word's stem ("locked" and "locks" are both "lock"), a
// number, a code, or a name as a whole.
//
// Names are kept whole and in parts: `innodb_buffer_pool_size` is one term without its
// separators, and the stems of its four words. Without separators, so that maxmemory-policy and
// maxmemory_policy, read-only and readonly are one term. `SeqScan` is also seq and scan. Words that
// every question has ("how do I …") are no terms: data/stop_words.txt.

#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

struct sb_stemmer;

namespace mydba::rag {

/// Words that are no terms; one set for the program's documents, questions and the user's own.
class StopWords {
 public:
  /// Words separated by white space; a line that starts with `#` is a comment.
  explicit StopWords(std::string_view list);
  bool contains(std::string_view word) const { return words_.contains(word); }

 private:
  std::set<std::string, std::less<>> words_;
};

/// Takes texts apart. Remembers the stems of the words that it has met, so it is for one thread and
/// for as long as one index is built or one question read.
class TermReader {
 public:
  explicit TermReader(const StopWords& stopWords);

  /// Appends the terms of `text` in its order: a name's whole first, then its parts.
  void read(std::string_view text, std::vector<std::string>& terms);

 private:
  struct Deleter {
    void operator()(sb_stemmer* stemmer) const;
  };

  void readRun(std::string_view run, std::vector<std::string>& terms);
  void addWord(const std::string& word, std::vector<std::string>& terms);

  const StopWords& stopWords_;
  std::unique_ptr<sb_stemmer, Deleter> stemmer_;
  std::unordered_map<std::string, std::string> stems_;
};

}  // namespace mydba::rag
