#include "native/rag/questions.h"

#include <fstream>
#include <sstream>

namespace mydba::rag::test {

std::vector<MarkedQuestion> readQuestions(const std::string& path) {
  std::vector<MarkedQuestion> questions;
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) {
    if (line.empty() || line[0] == '#') continue;
    std::istringstream fields(line);
    MarkedQuestion question{.tuned = questions.size() % 2 == 0};
    std::string anchors, kind;
    std::getline(fields, question.text, '\t');
    std::getline(fields, question.engine, '\t');
    std::getline(fields, question.version, '\t');
    std::getline(fields, anchors, '\t');
    std::getline(fields, kind, '\t');
    question.plain = kind == "plain";
    std::istringstream words(anchors);
    for (std::string anchor; words >> anchor;) question.anchors.push_back(anchor);
    questions.push_back(question);
  }
  return questions;
}

}  // namespace mydba::rag::test
