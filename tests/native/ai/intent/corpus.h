#pragma once

// The sentences of tests/intent and the catalogues that they are about.

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "ai/intent/schema.h"

namespace mydba::ai::intent {

struct CorpusLine {
  int number = 0;  ///< from 1; the rules are tuned on even ones
  std::string catalogue;
  std::string intent;
  std::vector<std::string> tables;  ///< sorted
  std::string limit;
  bool confirm = false;
  std::string text;
  std::string sql;  ///< empty: not checked

  bool heldOut() const { return number % 2 == 1; }
};

std::vector<CorpusLine> readCorpus();

/// `shop`, `hospital` or `saas`; null for `none`.
const Schema* corpusSchema(const std::string& name);

}  // namespace mydba::ai::intent
