<?php
// Writes stubs/ezdbfile.php: what the extension declares, as PHP code that
// editors and analysers read.
//
//   php -n -d extension=/path/to/libezdbfile.so php-tests/lib/stubs.php > stubs/ezdbfile.php
//
// Names, parameters and defaults come from the extension itself by Reflection.
// The methods declare no types (classes of the kernel extend and mirror them),
// so the types come from stub-docs.php, which must have an entry for everything
// that is declared, and for nothing else.

declare(strict_types=1);

require __DIR__ . '/StubDocs.php';

try {
    $docs = new StubDocs(require __DIR__ . '/stub-docs.php');
    $code = (new StubWriter($docs))->extension(new ReflectionExtension('ezdbfile'));
    $docs->finish();
} catch (ReflectionException | LogicException $problem) {
    fwrite(STDERR, $problem->getMessage() . "\n");
    exit(1);
}
echo $code;

final class StubWriter
{
    public function __construct(private StubDocs $docs)
    {
    }

    public function extension(ReflectionExtension $extension): string
    {
        $code = "<?php\n\n/**\n * What the PHP extension ezdbfile declares, for editors and analysers; never loaded.\n"
            . " * Written by php-tests/lib/stubs.php from the extension itself: do not edit.\n */\n";
        foreach ($extension->getConstants() as $name => $value) {
            $code .= "\n" . $this->docs->comment($name) . "const $name = " . self::literal($value) . ";\n";
        }
        foreach ($extension->getFunctions() as $function) {
            $code .= "\n" . $this->docs->functionComment($function->name, $function) . $this->signature($function) . " {}\n";
        }
        foreach ($extension->getClasses() as $class) {
            $code .= "\n" . $this->classLike($class);
        }
        return $code;
    }

    private function classLike(ReflectionClass $class): string
    {
        $members = [];
        foreach ($class->getReflectionConstants() as $constant) {
            if ($constant->getDeclaringClass()->name === $class->name) {
                $members[] = $this->docs->comment("$class->name::$constant->name")
                    . implode(' ', Reflection::getModifierNames($constant->getModifiers()))
                    . " const $constant->name = " . self::literal($constant->getValue()) . ";\n";
            }
        }
        foreach ($class->getProperties() as $property) {
            if ($property->getDeclaringClass()->name === $class->name) {
                $members[] = $this->property($class, $property);
            }
        }
        foreach ($class->getMethods() as $method) {
            if ($method->getDeclaringClass()->name === $class->name && !self::isForMagicProperties($method)) {
                $members[] = $this->method($class, $method);
            }
        }
        $indented = array_map(fn (string $member) => preg_replace('/^(?=.)/m', '    ', $member), $members);
        return $this->docs->classComment($class) . self::head($class) . "\n{\n" . implode("\n", $indented) . "}\n";
    }

    /** Nobody calls them: the comment of the class has the properties that they are for. */
    private static function isForMagicProperties(ReflectionMethod $method): bool
    {
        return in_array(strtolower($method->name), ['__get', '__set', '__isset', '__unset'], true);
    }

    private static function head(ReflectionClass $class): string
    {
        $parent = $class->getParentClass();
        $inherited = $parent ? $parent->getInterfaceNames() : [];
        foreach ($class->getInterfaces() as $interface) {
            $inherited = array_merge($inherited, $interface->getInterfaceNames());
        }
        $interfaces = array_diff($class->getInterfaceNames(), $inherited);
        if ($class->isInterface()) {
            return "interface $class->name" . ($interfaces ? ' extends ' . implode(', ', $interfaces) : '');
        }
        return ($class->isAbstract() ? 'abstract ' : '') . ($class->isFinal() ? 'final ' : '') . "class $class->name"
            . ($parent ? " extends $parent->name" : '') . ($interfaces ? ' implements ' . implode(', ', $interfaces) : '');
    }

    private function property(ReflectionClass $class, ReflectionProperty $property): string
    {
        return $this->docs->propertyComment("$class->name::\$$property->name")
            . implode(' ', Reflection::getModifierNames($property->getModifiers()))
            . ($property->hasType() ? ' ' . $property->getType() : '') . " \$$property->name"
            . ($property->hasDefaultValue() && $property->getDefaultValue() !== null
                ? ' = ' . self::literal($property->getDefaultValue()) : '')
            . ";\n";
    }

    private function method(ReflectionClass $class, ReflectionMethod $method): string
    {
        $modifiers = Reflection::getModifierNames($method->getModifiers());
        if ($class->isInterface()) {
            $modifiers = array_diff($modifiers, ['abstract']);
        }
        return $this->docs->functionComment("$class->name::$method->name", $method)
            . implode(' ', $modifiers) . ' ' . $this->signature($method) . ($method->isAbstract() ? ";\n" : " {}\n");
    }

    private function signature(ReflectionFunctionAbstract $function): string
    {
        $parameters = array_map(fn ($parameter) => self::parameter($parameter), $function->getParameters());
        return "function $function->name(" . implode(', ', $parameters) . ')'
            . ($function->hasReturnType() ? ': ' . $function->getReturnType() : '');
    }

    private static function parameter(ReflectionParameter $parameter): string
    {
        $code = ($parameter->hasType() ? $parameter->getType() . ' ' : '')
            . ($parameter->isPassedByReference() ? '&' : '')
            . ($parameter->isVariadic() ? '...' : '') . "\$$parameter->name";
        if ($parameter->isOptional() && !$parameter->isVariadic()) {
            $parameter->isDefaultValueAvailable() || throw new LogicException(
                "the extension does not declare the default of \$$parameter->name of {$parameter->getDeclaringFunction()->name}"
            );
            $code .= ' = ' . self::literal($parameter->getDefaultValue());
        }
        return $code;
    }

    private static function literal(mixed $value): string
    {
        return match (true) {
            is_array($value) && array_is_list($value) => '[' . implode(', ', array_map([self::class, 'literal'], $value)) . ']',
            $value === null => 'null',
            default => var_export($value, true),
        };
    }
}
