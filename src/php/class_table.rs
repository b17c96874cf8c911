//! Classes from tables of methods.
//!
//! Parameters carry no types and methods no return types: PHP classes of the kernel extend and
//! mirror these classes and declare none either.

use ext_php_rs::args::{Arg, ArgInfoTables};
use ext_php_rs::builders::{ClassBuilder, FunctionBuilder};
use ext_php_rs::flags::{DataType, MethodFlags};
use ext_php_rs::types::Zval;
use ext_php_rs::zend::{ClassEntry, ExecuteData};

use super::zend;

/// A parameter: its name and, when it may be left out, its default as PHP writes it.
pub type Parameter = (&'static str, Option<&'static str>);

/// A method of a class.
pub struct Method {
    /// Its name.
    pub name: &'static str,
    /// Its parameters, the required ones first.
    pub parameters: &'static [Parameter],
    /// It needs no object.
    pub is_static: bool,
    /// What runs.
    pub handler: extern "C" fn(&mut ExecuteData, &mut Zval),
}

/// A required parameter.
pub const fn needed(name: &'static str) -> Parameter {
    (name, None)
}

/// A parameter with a default.
pub const fn optional(name: &'static str, default: &'static str) -> Parameter {
    (name, Some(default))
}

/// Adds the methods of a table to a class.
pub fn with_methods(class: ClassBuilder, methods: &'static [Method]) -> ClassBuilder {
    methods
        .iter()
        .fold(class, |class, method| {
            let function = FunctionBuilder::new(method.name, method.handler);
            class.method(with_parameters(function, method.parameters), flags(method))
        })
        .registration(untyped)
}

/// Adds methods to an interface.
pub fn with_abstract_methods(
    interface: ClassBuilder,
    methods: impl Iterator<Item = (&'static Method, &'static [Parameter])>,
) -> ClassBuilder {
    methods
        .fold(interface, |interface, (method, parameters)| {
            let function = FunctionBuilder::new_abstract(method.name);
            interface.method(
                with_parameters(function, parameters),
                flags(method) | MethodFlags::Abstract,
            )
        })
        .registration(untyped)
}

fn with_parameters(
    function: FunctionBuilder<'static>,
    parameters: &'static [Parameter],
) -> FunctionBuilder<'static> {
    let required = parameters.iter().filter(|(_, default)| default.is_none()).count();
    parameters
        .iter()
        .fold(function, |function, (name, default)| {
            let parameter = Arg::new(*name, DataType::Mixed);
            function.arg(match default {
                Some(default) => parameter.default(*default),
                None => parameter,
            })
        })
        .required_args(required)
}

fn flags(method: &Method) -> MethodFlags {
    if method.is_static {
        MethodFlags::Public | MethodFlags::Static
    } else {
        MethodFlags::Public
    }
}

/// Takes the types off the parameters, where the engine has them, and keeps the tables for the life
/// of the process, as the engine expects.
pub fn untyped(class: &'static mut ClassEntry, tables: ArgInfoTables) {
    Box::leak(tables);
    zend::remove_parameter_types(class);
}
