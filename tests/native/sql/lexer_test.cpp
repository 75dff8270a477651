#include "sql/lexer.h"

#include <string>
#include <vector>

#include "native/catch.h"

using namespace mydba::sql;

namespace {

/// Tokens as `kind:text`, one a line.
std::string lex(std::string_view dialect, std::string_view text, std::string_view delimiter = ";") {
  static constexpr const char* names[] = {"end",    "word", "name",    "string",  "number",
                                          "symbol", "stop", "comment", "execute", "executeEnd"};
  Lexer lexer(text, *findDialect(dialect));
  lexer.setDelimiter(delimiter);
  std::string out;
  for (Token token = lexer.next(); token.kind != TokenKind::end; token = lexer.next()) {
    if (!out.empty()) out += ' ';
    out += names[static_cast<int>(token.kind)];
    out += ':';
    out += lexer.textOf(token);
  }
  return out;
}

struct Case {
  const char* dialect;
  const char* text;
  const char* tokens;
};

}  // namespace

TEST_CASE("the lexer follows each dialect's quoting and comments") {
  const std::vector<Case> cases = {
      {"generic", "", ""},
      {"generic", " \t\r\n", ""},
      {"generic", "a1_$ 1a", "word:a1_$ number:1a"},
      {"generic", "é日😀 = 'ü'", "word:é日😀 symbol:= string:'ü'"},
      {"generic", "1.5 .5 1e-3 1E+5 0xE+1 1..2",
       "number:1.5 symbol:. number:5 number:1e-3 number:1E+5 number:0xE symbol:+ number:1 "
       "number:1 symbol:. symbol:. number:2"},
      {"generic", "'a''b' \"c\"\"d\" `e``f`", "string:'a''b' name:\"c\"\"d\" name:`e``f`"},
      {"generic", "'a", "string:'a"},
      {"generic", "'a''", "string:'a''"},
      {"generic", "/* a", "comment:/* a"},
      {"generic", "/*/ */ */", "comment:/*/ */ symbol:* symbol:/"},
      {"generic", "a--b\nc", "word:a comment:--b word:c"},
      {"postgres", "'a\\' E'a\\'' e'\\", "string:'a\\' string:E'a\\'' string:e'\\"},
      {"postgres", "/* /* */ ; */;", "comment:/* /* */ ; */ stop:;"},
      {"postgres", "/* /* */", "comment:/* /* */"},
      {"postgres", "$1 $$;$$ $a$ $b$ ;$a$ $a",
       "symbol:$ number:1 string:$$;$$ "
       "string:$a$ $b$ ;$a$ symbol:$ word:a"},
      {"postgres", "a$b$c", "word:a$b$c"},
      {"postgres", "# [a]", "symbol:# symbol:[ word:a symbol:]"},
      {"mysql", "1--2 -- x\n--", "number:1 symbol:- symbol:- number:2 comment:-- x comment:--"},
      {"mysql", "# x;\na", "comment:# x; word:a"},
      {"mysql", "'a\\'b' \"c\\\"d\"", "string:'a\\'b' string:\"c\\\"d\""},
      {"mysql", "`a\\` b", "name:`a\\` word:b"},
      {"mysql", "/*!50003 a */ /*! b */ /*+ c */",
       "execute:/*!50003 word:a executeEnd:*/ execute:/*! word:b executeEnd:*/ comment:/*+ c */"},
      {"mysql", "/*!080000 a /* ; */ b */",
       "execute:/*!080000 word:a comment:/* ; */ word:b "
       "executeEnd:*/"},
      {"mysql", "/*M! a */", "comment:/*M! a */"},
      {"mysql", "/*!999999 a */", "comment:/*!999999 a */"},
      {"mysql", "$$ a $$", "symbol:$ symbol:$ word:a symbol:$ symbol:$"},
      {"mariadb", "/*M!100100 a */ /*!50701 b */ /*!50600 c */",
       "execute:/*M!100100 word:a executeEnd:*/ comment:/*!50701 b */ execute:/*!50600 word:c "
       "executeEnd:*/"},
      {"mariadb", "/*M!999999\\- enable the sandbox mode */",
       "comment:/*M!999999\\- enable the sandbox mode */"},
      {"sqlite", "[a;b] `c` \"d\" 'e\\'", "name:[a;b] name:`c` name:\"d\" string:'e\\'"},
      {"sqlite", "[a", "name:[a"},
      {"sqlite", "1--2", "number:1 comment:--2"},
  };
  for (const Case& c : cases) {
    INFO(c.dialect << ": " << c.text);
    CHECK(lex(c.dialect, c.text) == c.tokens);
  }
}

TEST_CASE("a delimiter ends words and hides the semicolon") {
  CHECK(lex("mysql", "END$$ a;b", "$$") == "word:END stop:$$ word:a symbol:; word:b");
  CHECK(lex("mysql", "a// '//' -- //", "//") == "word:a stop:// string:'//' comment:-- //");
  CHECK(lex("mysql", "categories go", "go") == "word:cate stop:go word:ries stop:go");
  CHECK(lex("mysql", "a;;b;", ";;") == "word:a stop:;; word:b symbol:;");
  CHECK(lex("mysql", "a;", "") == "word:a stop:;");
}

TEST_CASE("tokens stand in order, do not overlap and end at the end") {
  const std::string text = "SELECT 'a' /*!1 x */ -- b\n FROM `t`;\0x\xff\xfe $$";
  for (const char* name : {"generic", "postgres", "mysql", "mariadb", "sqlite"}) {
    Lexer lexer(text, *findDialect(name));
    std::size_t before = 0;
    for (Token token = lexer.next(); token.kind != TokenKind::end; token = lexer.next()) {
      CHECK(token.start >= before);
      CHECK(token.end > token.start);
      before = token.end;
    }
    CHECK(lexer.next().start == text.size());
  }
}

TEST_CASE("an unknown dialect is not found") {
  CHECK(findDialect("oracle") == nullptr);
  CHECK(findDialect("") == nullptr);
  CHECK(genericDialect().name == "generic");
}
