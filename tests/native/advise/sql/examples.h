#pragma once

// The files of tests/sql/lint: what each rule must and must not find.

#include <optional>
#include <string>
#include <vector>

namespace mydba::advise {

struct Example {
  std::string file;
  std::string rule;
  bool bad = false;      ///< the rule must fire; of the others it must not
  bool refused = false;  ///< no server accepts it
  std::optional<int> version;
  std::vector<std::string> dialects;
  std::string sql;
  std::optional<std::string> fixed;  ///< the text when the fix has been applied
};

/// Of the rules' own files, in order of their names.
std::vector<Example> readExamples();

/// Statements of a file, one a line, without the lines that are comments.
std::vector<std::string> readStatements(const std::string& file);

}  // namespace mydba::advise
