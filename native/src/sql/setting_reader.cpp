#include <utility>

#include "sql/definition_reader.h"
#include "sql/keyword.h"

namespace mydba::sql {
namespace {

class SettingReader {
 public:
  SettingReader(const TokenList& tokens, std::size_t at, Statement& statement)
      : tokens_(tokens), statement_(statement), at_(at) {}

  std::size_t read() {
    const bool reset = tokens_.isWord(at_, "RESET");
    ++at_;
    if (tokens_.is(at_, Keyword::statement)) return readStatementSettings();
    do {
      readOne(reset);
      skipValue();
    } while (next());
    return 0;
  }

 private:
  /// SET STATEMENT a = 1, b = 2 FOR … of MariaDB.
  std::size_t readStatementSettings() {
    ++at_;
    forEnds_ = true;
    do {
      readOne(false);
      skipValue();
    } while (next());
    return tokens_.is(at_, Keyword::for_) ? at_ + 1 : 0;
  }

  /// Goes on to the next assignment; `SET search_path = a, b` has but one.
  bool next() {
    while (tokens_.isSymbol(at_, ',')) {
      ++at_;
      if (beginsSetting()) return true;
      skipValue();
    }
    return false;
  }

  bool beginsSetting() const {
    std::string name;
    if (tokens_.isSymbol(at_, '@') || specialName(name) > 0) return true;
    std::size_t at = at_;
    switch (tokens_.keyword(at)) {
      case Keyword::global:
      case Keyword::persist:
      case Keyword::persistOnly:
      case Keyword::local:
      case Keyword::session: ++at; break;
      default: break;
    }
    while (tokens_.isSymbol(at + 1, '.')) at += 2;
    return tokens_.isSymbol(at + 1, '=') || tokens_.isSymbol(at + 1, ':') ||
           tokens_.is(at + 1, Keyword::to);
  }

  void readOne(bool reset) {
    Setting setting{.position = tokens_[at_].start};
    setting.scope = scope();
    if (const std::size_t words = specialName(setting.name)) {
      at_ += words;
      if (setting.name == "transaction" && setting.scope == SettingScope::session && !scopeGiven_)
        setting.scope = SettingScope::transaction;
    } else {
      readName(setting);
    }
    if (!reset) setting.value = value();
    statement_.settings.push_back(std::move(setting));
  }

  SettingScope scope() {
    scopeGiven_ = true;
    const Keyword keyword = tokens_.keyword(at_);
    const bool authorization = tokens_.is(at_ + 1, Keyword::authorization);
    if (keyword == Keyword::session && authorization) return SettingScope::session;
    ++at_;
    switch (keyword) {
      case Keyword::global: return SettingScope::global;
      case Keyword::persist:
      case Keyword::persistOnly: return SettingScope::persist;
      case Keyword::local: return SettingScope::transaction;
      case Keyword::session: return SettingScope::session;
      default: break;
    }
    --at_;
    scopeGiven_ = false;
    return SettingScope::session;
  }

  /// Names that are words of the language; how many tokens they take.
  std::size_t specialName(std::string& name) const {
    struct Special {
      std::string_view first;
      std::string_view second;
      std::string_view name;
      std::size_t words;
    };
    static constexpr Special specials[] = {
        {"CHARACTERISTICS", "AS", "transaction", 3},
        {"TRANSACTION", "", "transaction", 1},
        {"SESSION", "AUTHORIZATION", "session authorization", 2},
        {"DEFAULT", "ROLE", "default role", 2},
        {"ROLE", "", "role", 1},
        {"NAMES", "", "names", 1},
        {"CHARACTER", "SET", "character set", 2},
        {"CHARSET", "", "character set", 1},
        {"PASSWORD", "", "password", 1},
        {"TIME", "ZONE", "time zone", 2},
        {"CONSTRAINTS", "", "constraints", 1},
        {"RESOURCE", "GROUP", "resource group", 2},
        {"XML", "OPTION", "xml option", 2},
    };
    for (const Special& special : specials) {
      if (!tokens_.isWord(at_, special.first)) continue;
      if (!special.second.empty() && !tokens_.isWord(at_ + 1, special.second)) continue;
      if (tokens_.isSymbol(at_ + 1, '=')) continue;  // a variable of that name
      name = special.name;
      return special.words;
    }
    return 0;
  }

  /// `a`, `a.b`, `@a`, `@@a`, `@@global.a`
  void readName(Setting& setting) {
    std::size_t signs = 0;
    while (tokens_.isSymbol(at_, '@')) {
      ++signs;
      ++at_;
    }
    if (signs == 1) {
      setting.scope = SettingScope::user;
      setting.name = "@";
    }
    if (signs == 2 && tokens_.isSymbol(at_ + 1, '.')) {
      const std::string word = tokens_.lower(at_);
      const bool persist = word == "persist" || word == "persist_only";
      if (word == "global") setting.scope = SettingScope::global;
      if (persist) setting.scope = SettingScope::persist;
      if (word == "global" || persist || word == "session" || word == "local") at_ += 2;
    }
    while (at_ < tokens_.size()) {
      setting.name += lowerCase(tokens_.value(at_++));
      if (!tokens_.isSymbol(at_, '.')) return;
      setting.name += '.';
      ++at_;
    }
  }

  std::string value() {
    if (tokens_.isSymbol(at_, ':')) ++at_;
    if (tokens_.isSymbol(at_, '=') || tokens_.is(at_, Keyword::to)) ++at_;
    std::string value;
    for (std::size_t i = at_; i < tokens_.size() && !endsValue(i); ++i) {
      if (!value.empty()) value += ' ';
      value += tokens_.text(i);
      if (tokens_.isSymbol(i, '(')) i = tokens_.partner(i);
    }
    return value;
  }

  bool endsValue(std::size_t at) const {
    return tokens_.isSymbol(at, ',') || (forEnds_ && tokens_.is(at, Keyword::for_));
  }

  void skipValue() {
    for (; at_ < tokens_.size() && !endsValue(at_); ++at_)
      if (tokens_.isSymbol(at_, '(')) at_ = tokens_.partner(at_);
  }

  const TokenList& tokens_;
  Statement& statement_;
  std::size_t at_;
  bool scopeGiven_ = false;
  bool forEnds_ = false;  // FOR ends the settings
};

}  // namespace

std::size_t readSettings(const TokenList& tokens, std::size_t at, Statement& statement) {
  return SettingReader(tokens, at, statement).read();
}

}  // namespace mydba::sql
