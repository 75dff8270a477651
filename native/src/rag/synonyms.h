#pragma once

// What else people call a thing: abbreviations, everyday words, other engines' names
// (data/synonyms.txt). A question that has one expression is also searched for the others, with
// less weight, because it did not say them.

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "rag/terms.h"

namespace mydba::rag {

class Synonyms {
 public:
  /// Lines `oom = out of memory`: each stands for the others; `locked out -> too many connections`:
  /// the left for the right alone. Lines that start with `#` are comments, and say why.
  Synonyms(std::string_view list, const StopWords& stopWords);

  /// The terms of what the question's expressions also mean.
  std::vector<std::string> of(const std::vector<std::string>& question) const;

 private:
  using Terms = std::vector<std::string>;
  struct Meaning {
    Terms expression;
    Terms also;
  };
  void add(const Terms& expression, const Terms& also);

  std::unordered_map<std::string, std::vector<Meaning>> byFirstTerm_;
};

}  // namespace mydba::rag
