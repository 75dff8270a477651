#pragma once

// Reads tests/rag/questions.tsv.

#include <string>
#include <vector>

namespace mydba::rag::test {

struct MarkedQuestion {
  std::string text;
  std::string engine;   ///< `-` for none
  std::string version;  ///< `-` for none
  std::vector<std::string> anchors;
  bool plain = false;  ///< without the technical term
  bool tuned = false;  ///< weights were tuned on it
};

/// Empty when the file can't be read.
std::vector<MarkedQuestion> readQuestions(const std::string& path);

}  // namespace mydba::rag::test
