<?php
// What scripts do around ezdbfile_serve().
switch ($_GET['do']) {
    case 'bom':
        echo "\xEF\xBB\xBF\n";
        ob_start();
        echo 'buffered';
        ob_start(fn (string $buffer): string => "changed $buffer");
        echo 'twice';
        ezdbfile_serve($_GET['path']);
        break;
    case 'after':
        ezdbfile_serve($_GET['path']);
        echo 'printed afterwards';
        ob_start();
        echo 'and buffered';
        ob_end_flush();
        @header('X-Late: 1');
        break;
    case 'twice':
        ezdbfile_serve($_GET['path']);
        ezdbfile_serve($_GET['path']);
        break;
    case 'late':
        echo 'before ';
        flush();
        ob_flush();
        flush();
        set_error_handler(function (int $level, string $message): bool {
            echo $level === E_WARNING ? "warning: $message" : $level;
            return true;
        });
        echo ' ', var_export(ezdbfile_serve($_GET['path']), true);
        break;
    case 'headers':
        header('Set-Cookie: session=secret');
        header('Pragma: no-cache');
        header('Cache-Control: private');
        header('Content-Encoding: gzip');
        header('Content-Disposition: inline');
        header('X-Kept: 1');
        http_response_code(418);
        ezdbfile_serve($_GET['path']);
        break;
    case 'status':
        header('Status: 404 Not Found');
        ezdbfile_serve($_GET['path']);
        break;
    case 'throws':
        header_register_callback(function (): void {
            throw new RuntimeException('secret of the callback');
        });
        try {
            ezdbfile_serve($_GET['path']);
        } catch (RuntimeException $e) {
            echo str_repeat('x', 150_000);
        }
        throw $e;
    case 'answer':
        register_shutdown_function(fn () => error_log('answer: ' . var_export($GLOBALS['answer'], true)));
        $answer = ezdbfile_serve($_GET['path']);
        break;
    case 'uri':
        $_SERVER['REQUEST_URI'] = $_GET['path'];
        $_SERVER['REQUEST_METHOD'] = $_GET['method'] ?? 'GET';
        ezdbfile_serve(null);
        break;
    case 'pid':
        echo json_encode(['pid' => getmypid()]);
        break;
}
