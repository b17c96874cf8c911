<?php
// The texts and types of stub-docs.php as doc comments, and a check that they
// are of what there is, no more and no less.

declare(strict_types=1);

final class StubDocs
{
    private array $used = [];
    private array $problems = [];

    public function __construct(private array $entries)
    {
    }

    public function comment(string $name): string
    {
        [$text] = $this->entry($name);
        return self::block([$text]);
    }

    /** With the properties that the class has by magic, which Reflection does not know. */
    public function classComment(ReflectionClass $class): string
    {
        $lines = [$this->entry($class->name)[0]];
        foreach ($class->hasMethod('__get') ? array_keys($this->entries) : [] as $key) {
            [$owner, $property] = explode('::$', $key) + [1 => ''];
            if ($owner === $class->name && $property !== '' && !$class->hasProperty($property)) {
                [$text, $type, $access] = $this->entry($key) + [2 => ''];
                array_push($lines, '', "@property$access $type \$$property", "    $text");
            }
        }
        return self::block($lines);
    }

    public function propertyComment(string $name): string
    {
        [$text, $type] = $this->entry($name) + [1 => 'mixed'];
        return self::block([$text, '', "@var $type"]);
    }

    public function functionComment(string $name, ReflectionFunctionAbstract $function): string
    {
        [$text, $types, $return] = $this->entry($name) + [1 => [], 2 => null];
        $names = array_map(fn (ReflectionParameter $parameter) => $parameter->name, $function->getParameters());
        if (!isset($this->entries[$name])) {
            // Described with a class, whose methods may take more than the interface asks for.
            $types = array_intersect_key($types, array_flip($names));
        }
        if ($names !== array_keys($types)) {
            $this->problems[] = "$name has the parameters (" . implode(', ', $names)
                . '), stub-docs.php has (' . implode(', ', array_keys($types)) . ')';
        }
        $lines = [$text, ''];
        foreach ($types as $parameter => $type) {
            [$type, $meaning] = (array) $type + [1 => ''];
            $lines[] = rtrim("@param $type \$$parameter $meaning");
        }
        if ($return !== null) {
            $lines[] = "@return $return";
        }
        return self::block(end($lines) === '' ? [$text] : $lines);
    }

    /** To be called when everything has been asked for. */
    public function finish(): void
    {
        foreach (array_diff(array_keys($this->entries), array_keys($this->used)) as $name) {
            $this->problems[] = "the extension has no $name, but stub-docs.php describes it";
        }
        if ($this->problems) {
            throw new LogicException(implode("\n", $this->problems));
        }
    }

    /** A method of an interface is described where the handler implements it. */
    private function entry(string $name): array
    {
        [$class, $method] = explode('::', $name) + [1 => ''];
        $described = interface_exists($class, false) && $method !== '' ? "eZDBFileHandler::$method" : $name;
        foreach ([$name, $described] as $key) {
            if (isset($this->entries[$key])) {
                $this->used[$key] = true;
                return $this->entries[$key];
            }
        }
        $this->problems[] = "stub-docs.php does not describe $name";
        return ['', [], null];
    }

    /** @param list<string> $lines texts are wrapped and keep their indent, tags are not wrapped */
    private static function block(array $lines): string
    {
        $comment = '';
        foreach ($lines as $line) {
            $indent = str_repeat(' ', strspn($line, ' '));
            $wrapped = str_starts_with($line, '@') ? $line : wordwrap($line, 90, "\n$indent");
            foreach (explode("\n", $wrapped) as $part) {
                $comment .= rtrim(" * $part") . "\n";
            }
        }
        return "/**\n$comment */\n";
    }
}
