import { type Context, type Expression, innermost, isInFunction, isWithin, onLine } from '../expression.ts';
import { goImport, goVariable, lineBeforeFirst } from '../imports.ts';
import * as syntax from '../syntax.ts';
import { rust } from './rust.ts';

const isAnnotation = (context: Context) => isWithin(context, '(', /@[\w.:]+$/) || /@[\w.]*$/.test(context.before);
const triple = /"""/;
/** `String name =` in the parentheses of a declaration: there a default must be constant. */
const isDefault = (context: Context) => {
  const { bracket, head } = innermost(context);
  const inside = context.before.slice(Math.max(context.before.lastIndexOf('('), context.before.lastIndexOf(',')) + 1);
  if (bracket !== '(' || /\b(?:for|foreach|using|if|while|switch|lock|fixed)$/.test(head)) return false;
  return /^\s*(?:\[[^\]]*\]\s*)?[\w<>?[\].]+\s+\w+\s*=\s*$/.test(inside);
};

/** Languages that are compiled. */
export const compiled: readonly Expression[] = [
  {
    files: /\.java$/i,
    syntax: syntax.java,
    make: ({ name }) => `System.getenv("${name}")`,
    join: ' + ',
    strange: triple,
    refuses: (context) => isAnnotation(context) || /\bcase\s[^:>]*$/.test(onLine(context)),
  },
  {
    files: /\.kts?$/i,
    syntax: syntax.kotlin,
    make: ({ name }) => `System.getenv("${name}")`,
    fill: ({ name }) => `\${System.getenv("${name}")}`,
    refuses: (context) => isAnnotation(context) || /\bconst\s+val\b/.test(onLine(context)),
  },
  {
    files: /\.(?:scala|sc|sbt)$/i,
    syntax: syntax.scala,
    make: ({ name }) => `sys.env("${name}")`,
    join: ' + ',
    refuses: (context) => isAnnotation(context) || /\bcase\s/.test(onLine(context)),
  },
  {
    files: /\.(?:groovy|gradle|gvy)$/i,
    syntax: syntax.groovy,
    make: ({ name }) => `System.getenv('${name}')`,
    fill: ({ name, where }) => (where.quote.startsWith('"') ? `\${System.getenv('${name}')}` : undefined),
    join: ' + ',
    commands: true,
    refuses: (context) => isAnnotation(context),
  },
  {
    files: /\.go$/i,
    syntax: syntax.go,
    make: ({ name }) => `os.Getenv("${name}")`,
    join: ' + ',
    // Tags of fields; a block of constants; a key.
    refuses: (context) =>
      (context.where.quote === '`' && isWithin(context, '{', /\bstruct$/)) ||
      isWithin(context, '(', /\b(?:const|import)$/) ||
      /^\s*import\b/.test(onLine(context)) ||
      /^\s*:/.test(context.after),
    more: (context) => {
      const constant = /\bconst\b/.test(onLine(context)) ? goVariable(context) : [];
      const imports = goImport(context);
      return constant && imports && [...constant, ...imports];
    },
  },
  {
    files: /\.(?:cs|csx)$/i,
    syntax: syntax.csharp,
    make: ({ name }) => `System.Environment.GetEnvironmentVariable("${name}")`,
    join: ' + ',
    strange: triple,
    refuses: (context) =>
      /\b(?:const|case|is)\b[^;{(]*$/.test(context.before) ||
      /^\s*(?:=>|u8\b)/.test(context.after) ||
      isWithin(context, '[', /(?:^|[{\](,>])$/) ||
      isDefault(context),
  },
  {
    files: /\.vb$/i,
    syntax: syntax.visualBasic,
    make: ({ name }) => `System.Environment.GetEnvironmentVariable("${name}")`,
    join: ' & ',
    refuses: (context) => /\b(?:Const|Optional)\b|^\s*<|<\w+\([^)]*$/i.test(onLine(context)),
  },
  {
    files: /\.fsx?$/i,
    syntax: syntax.fsharp,
    make: ({ name }) => `(System.Environment.GetEnvironmentVariable "${name}")`,
    join: (parts) => `(${parts.join(' + ')})`,
    refuses: (context) =>
      /\[<[^>]*$/.test(context.before) ||
      /\[<\s*Literal\s*>\][^=]*=\s*$/.test(
        context.text.slice(Math.max(0, context.where.outer[0] - 300), context.where.outer[0]),
      ) ||
      /^\s*(?:->|\|)/.test(context.after),
  },
  {
    files: /\.[ch]$/i,
    syntax: syntax.c,
    make: ({ name }) => `getenv("${name}")`,
    adjacent: true,
    strange: /^[LuU@]|^u8|\($/,
    refuses: (context) => !isInFunction(context) || /\bstatic\b/.test(context.before) || isArrayOrMacro(context),
    more: (context) =>
      lineBeforeFirst(context, '#include <stdlib.h>', /^\s*#\s*include\s*<stdlib\.h>/m, /^\s*#\s*include\b/m),
  },
  {
    files: /\.(?:cc|cpp|cxx|hh|hpp|hxx)$/i,
    syntax: syntax.c,
    make: ({ name }) => `std::getenv("${name}")`,
    adjacent: true,
    strange: /^[LuU@]|^u8|\($/,
    refuses: (context) =>
      /\b(?:constexpr|constinit|consteval|case|static_assert|operator|extern)\b/.test(context.before) ||
      /^\w/.test(context.after) ||
      isArrayOrMacro(context),
    more: (context) =>
      lineBeforeFirst(context, '#include <cstdlib>', /^\s*#\s*include\s*<cstdlib>/m, /^\s*#\s*include\b/m),
  },
  {
    files: /\.mm?$/i,
    syntax: syntax.c,
    make: ({ name, where }) => (where.prefix === '@' ? `NSProcessInfo.processInfo.environment[@"${name}"]` : undefined),
    adjacent: true,
    refuses: (context) => !isInFunction(context) || /\bstatic\b/.test(context.before) || isArrayOrMacro(context),
  },
  rust,
  {
    files: /\.swift$/i,
    syntax: syntax.swift,
    make: ({ name }) => `ProcessInfo.processInfo.environment["${name}"]!`,
    fill: ({ name }) => `\\(ProcessInfo.processInfo.environment["${name}"]!)`,
    refuses: (context) => isAnnotation(context) || /\bcase\b/.test(onLine(context)),
    more: (context) =>
      lineBeforeFirst(
        context,
        'import Foundation',
        /^\s*import\s+(?:Foundation|UIKit|AppKit|SwiftUI|Cocoa)\b/m,
        /^import\s/m,
      ),
  },
  {
    files: /\.dart$/i,
    syntax: syntax.dart,
    dropsFirstBreak: true,
    make: (context) =>
      isDartConstant(context)
        ? `${/\bconst\b[^;{]*$/.test(context.before) ? '' : 'const '}String.fromEnvironment('${context.name}')`
        : `Platform.environment['${context.name}']!`,
    fill: (context) => {
      const quote = context.where.quote.startsWith('"') ? "'" : '"';
      if (context.where.prefix !== '' || isDartConstant(context)) return undefined;
      return `\${Platform.environment[${quote}${context.name}${quote}]}`;
    },
    join: ' + ',
    adjacent: true,
    refuses: (context) => /\b(?:case|import|export|part)\s+$/.test(context.before) || isAnnotation(context),
    more: (context) =>
      isDartConstant(context)
        ? []
        : lineBeforeFirst(context, "import 'dart:io';", /^import\s+['"]dart:io['"]/m, /^import\s/m),
  },
];

function isArrayOrMacro(context: Context): boolean {
  return /^\s*#/.test(onLine(context)) || /\]\s*=\s*\{?\s*$|\bsizeof\s*\(?\s*$|\bcase\s/.test(context.before);
}

/** Constants, defaults of parameters, and programs that have no environment: there the compiler is told (`--dart-define`). */
function isDartConstant(context: Context): boolean {
  const { head } = innermost(context);
  return (
    /\bpackage:flutter\//.test(context.text) ||
    /\bconst\b[^;{]*$/.test(context.before) ||
    isWithin(context, '(', /\bconst\s+[\w.<>]+$/) ||
    (/\($/.test(head) && /\w\s*[=:]\s*$/.test(context.before))
  );
}
