#pragma once

// The words of data/*.txt by group, compiled into the program. See the head of words.txt for how a
// file is written.

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace mydba::ai::intent {

/// One meaning of a word: its group, and what it stands for there (empty where the file says
/// nothing).
struct Sense {
  std::string_view group;
  std::string_view value;
};

class Lexicon {
 public:
  /// Of words.txt, synonyms.txt and places.txt. Static storage duration; any thread.
  static const Lexicon& english();

  /// Of a word in lower case as it stands; empty when it is not known.
  std::span<const Sense> find(std::string_view word) const;
  /// The known word that is one slip of the keyboard away from an unknown one; empty when there is
  /// none, or more than one.
  std::string_view nearest(std::string_view word) const;

 private:
  explicit Lexicon(std::span<const std::string_view> files);
  void read(std::string_view text);

  std::map<std::string_view, std::vector<Sense>, std::less<>> senses_;
};

}  // namespace mydba::ai::intent
